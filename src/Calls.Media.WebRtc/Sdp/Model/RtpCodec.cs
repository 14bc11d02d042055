namespace Calls.Media.WebRtc.Sdp;

/// <summary>A codec of a section: <c>rtpmap</c>, <c>fmtp</c> and <c>rtcp-fb</c> together.</summary>
internal sealed record RtpCodec
{
    /// <summary>0 to 127.</summary>
    public required int PayloadType { get; init; }

    /// <summary>The encoding's name, as it was written; compared without case.</summary>
    public required string Name { get; init; }

    /// <summary>Ticks of the RTP timestamp a second.</summary>
    public required int ClockRate { get; init; }

    /// <summary>Channels; 1 for what says nothing.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>The format's parameters, as they were written; null: none.</summary>
    public string? Parameters { get; init; }

    /// <summary>What RTCP feedback it takes, such as <c>nack pli</c>.</summary>
    public IReadOnlyList<string> Feedback { get; init; } = [];

    /// <summary>Whether it is the encoding <paramref name="name"/>, whose clock has <paramref name="clockRate"/> ticks a second.</summary>
    public bool Is(string name, int clockRate) => ClockRate == clockRate && Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The value of a parameter of the form <c>name=value</c>; null where there is none.</summary>
    public string? Parameter(string name)
    {
        foreach (var part in (Parameters ?? "").Split(';', StringSplitOptions.TrimEntries))
        {
            var mark = part.IndexOf('=', StringComparison.Ordinal);
            if (mark > 0 && part.AsSpan(0, mark).Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                return part[(mark + 1)..].Trim();
        }

        return null;
    }
}

/// <summary>A header extension's number (RFC 8285).</summary>
/// <param name="Id">1 to 255; what we offer is 1 to 14, so that one-byte headers do.</param>
/// <param name="Uri">What it means.</param>
internal readonly record struct RtpExtensionMap(int Id, string Uri)
{
    /// <summary>The mid of the section that a packet belongs to (RFC 9143, section 15).</summary>
    public const string Mid = "urn:ietf:params:rtp-hdrext:sdes:mid";

    /// <summary>A sequence number over all packets of the transport, for transport-wide feedback.</summary>
    public const string TransportSequence = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
}
