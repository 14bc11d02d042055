using System.Globalization;
using System.Text;

namespace Calls.Media.WebRtc.Sdp;

/// <summary>Writes session descriptions as browsers take them (RFC 9429, section 5).</summary>
internal static class SdpWriter
{
    /// <summary>The text of <paramref name="description"/>, lines ended by CR LF.</summary>
    public static string Write(SessionDescription description)
    {
        StringBuilder text = new(2_048);
        Line(text, "v=0");
        Line(text, $"o=- {description.SessionId} {description.SessionVersion} IN IP4 127.0.0.1");
        Line(text, "s=-");
        Line(text, "t=0 0");
        if (description.Bundle.Count > 0)
            Line(text, $"a=group:BUNDLE {string.Join(' ', description.Bundle)}");
        if (description.MixesExtensions)
            Line(text, "a=extmap-allow-mixed");
        foreach (var section in description.Sections)
            Write(text, section);
        return text.ToString();
    }

    private static void Write(StringBuilder text, MediaSection section)
    {
        Line(text, $"m={section.KindName} {(section.IsRejected ? 0 : 9)} {section.Protocol} {string.Join(' ', section.Formats)}");
        Line(text, "c=IN IP4 0.0.0.0");
        if (section.Transport is { } transport)
            Write(text, transport);
        if (section.Mid is { } mid)
            Line(text, $"a=mid:{mid}");
        foreach (var extension in section.Extensions)
            Line(text, $"a=extmap:{extension.Id} {extension.Uri}");
        Line(text, $"a={Word(section.Direction)}");
        if (section.Stream is { StreamId: { } stream } named)
            Line(text, named.TrackId is { } track ? $"a=msid:{stream} {track}" : $"a=msid:{stream}");
        if (section.MultiplexesRtcp)
            Line(text, "a=rtcp-mux");
        if (section.ReducedSizeRtcp)
            Line(text, "a=rtcp-rsize");
        foreach (var codec in section.Codecs)
            Write(text, codec);
        if (section.Stream is { Ssrc: not null } source)
            Write(text, source);
        foreach (var candidate in section.Candidates)
            Line(text, $"a={candidate}");
        if (section.EndOfCandidates)
            Line(text, "a=end-of-candidates");
    }

    private static void Write(StringBuilder text, TransportDescription transport)
    {
        Line(text, "a=rtcp:9 IN IP4 0.0.0.0");
        Line(text, $"a=ice-ufrag:{transport.IceUfrag}");
        Line(text, $"a=ice-pwd:{transport.IcePwd}");
        Line(text, "a=ice-options:trickle");
        foreach (var fingerprint in transport.Fingerprints)
            Line(text, $"a=fingerprint:{fingerprint.Algorithm} {fingerprint.Value}");
        Line(text, $"a=setup:{Word(transport.Setup)}");
    }

    private static void Write(StringBuilder text, RtpCodec codec)
    {
        var channels = codec.Channels > 1 ? string.Create(CultureInfo.InvariantCulture, $"/{codec.Channels}") : "";
        Line(text, $"a=rtpmap:{codec.PayloadType} {codec.Name}/{codec.ClockRate}{channels}");
        foreach (var feedback in codec.Feedback)
            Line(text, $"a=rtcp-fb:{codec.PayloadType} {feedback}");
        if (codec.Parameters is { } parameters)
            Line(text, $"a=fmtp:{codec.PayloadType} {parameters}");
    }

    private static void Write(StringBuilder text, StreamIdentity source)
    {
        if (source.RetransmissionSsrc is { } pair)
            Line(text, $"a=ssrc-group:FID {source.Ssrc} {pair}");
        foreach (var ssrc in (uint?[])[source.Ssrc, source.RetransmissionSsrc])
        {
            if (ssrc is null)
                continue;
            if (source.CanonicalName is { } name)
                Line(text, $"a=ssrc:{ssrc} cname:{name}");
            if (source is { StreamId: { } stream, TrackId: { } track })
                Line(text, $"a=ssrc:{ssrc} msid:{stream} {track}");
        }
    }

    private static string Word(MediaDirection direction) => direction switch
    {
        MediaDirection.SendReceive => "sendrecv",
        MediaDirection.SendOnly => "sendonly",
        MediaDirection.ReceiveOnly => "recvonly",
        _ => "inactive",
    };

    private static string Word(DtlsSetup setup) => setup switch
    {
        DtlsSetup.Active => "active",
        DtlsSetup.Passive => "passive",
        _ => "actpass",
    };

    // Every number of a description is a whole one of 0 or more: no culture writes those differently.
    private static void Line(StringBuilder text, string line) => text.Append(line).Append("\r\n");
}
