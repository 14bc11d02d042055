using System.Diagnostics.CodeAnalysis;

namespace Calls.Media.WebRtc.Sdp;

/// <summary>Reads the lines of one section.</summary>
internal sealed class SectionReader
{
    private readonly string _kindName;
    private readonly string _protocol;
    private readonly bool _portIsZero;
    private readonly CodecReader _codecs;
    private readonly SourceReader _stream = new();
    private readonly TransportReader _transport = new();
    private readonly Dictionary<int, string> _extensions = [];
    private readonly List<string> _candidates = [];
    private string? _mid;
    private MediaDirection? _direction;
    private bool _bundleOnly;
    private bool _multiplexesRtcp;
    private bool _reducedSizeRtcp;
    private bool _endOfCandidates;

    private SectionReader(string kindName, string protocol, bool portIsZero, CodecReader codecs)
        => (_kindName, _protocol, _portIsZero, _codecs) = (kindName, protocol, portIsZero, codecs);

    /// <summary>Reads <c>m=&lt;media&gt; &lt;port&gt; &lt;proto&gt; &lt;fmt&gt; …</c> (RFC 8866, section 5.14).</summary>
    public static bool TryBegin(ReadOnlySpan<char> value, int line, [NotNullWhen(true)] out SectionReader? section, [NotNullWhen(false)] out SdpError? error)
    {
        section = null;
        error = new(SdpErrorKind.Syntax, "A section begins with its kind, a port, a protocol and formats.", line);
        if (!SdpText.TryWord(ref value, out var kind) || !SdpText.IsToken(kind, 32) || !SdpText.TryWord(ref value, out var port))
            return false;
        var slash = port.IndexOf('/');
        if (slash >= 0 && !SdpText.TryNumber(port[(slash + 1)..], uint.MaxValue, out _))
            return false;
        if (!SdpText.TryNumber(slash < 0 ? port : port[..slash], uint.MaxValue, out var number))
            return false;
        if (number > ushort.MaxValue)
        {
            error = new(SdpErrorKind.OutOfRange, "A port is at most 65535.", line);
            return false;
        }

        if (!SdpText.TryWord(ref value, out var protocol) || protocol.Length > 64)
            return false;
        var isRtp = protocol.Contains("RTP/", StringComparison.Ordinal);
        if (!CodecReader.TryBegin(value, isRtp, line, out var codecs, out error))
            return false;
        section = new SectionReader(kind.ToString(), protocol.ToString(), number == 0, codecs);
        error = null;
        return true;
    }

    /// <summary>The name and the value of an attribute.</summary>
    public static SdpAttribute Split(ReadOnlySpan<char> attribute)
    {
        var mark = attribute.IndexOf(':');
        return mark < 0 ? new(attribute, []) : new(attribute[..mark], attribute[(mark + 1)..]);
    }

    /// <summary>Whether the attribute's name is a direction.</summary>
    public static bool TryDirection(ReadOnlySpan<char> name, out MediaDirection direction)
    {
        direction = name switch
        {
            "sendonly" => MediaDirection.SendOnly,
            "recvonly" => MediaDirection.ReceiveOnly,
            "inactive" => MediaDirection.Inactive,
            _ => MediaDirection.SendReceive,
        };
        return direction != MediaDirection.SendReceive || name is "sendrecv";
    }

    public SdpError? Read(char type, ReadOnlySpan<char> text, int line)
    {
        if (type != 'a')
            return null;
        var (name, value) = Split(text);
        switch (name)
        {
            case "mid":
                _mid = value.ToString();
                return SdpText.IsToken(value) ? null : new(SdpErrorKind.Syntax, "A mid is a token of at most 256 characters.", line);
            case "rtpmap" or "fmtp" or "rtcp-fb":
                return _codecs.Read(name, value, line);
            case "extmap":
                return ReadExtension(value, line);
            case "ssrc" or "ssrc-group" or "msid":
                return _stream.Read(name, value, line);
            case "candidate":
                return ReadCandidate(text, line);
            case "rtcp-mux":
                _multiplexesRtcp = true;
                return null;
            case "rtcp-rsize":
                _reducedSizeRtcp = true;
                return null;
            case "bundle-only":
                _bundleOnly = true;
                return null;
            case "end-of-candidates":
                _endOfCandidates = true;
                return null;
            default:
                if (TryDirection(name, out var direction))
                    _direction = direction;
                return _transport.Read(name, value, line);
        }
    }

    /// <summary>The section, completed by what is said for all.</summary>
    public MediaSection Finish(TransportReader forAll, MediaDirection? direction)
        => new()
        {
            Kind = _kindName switch { "audio" => MediaKind.Audio, "video" => MediaKind.Video, _ => MediaKind.Other },
            KindName = _kindName,
            Protocol = _protocol,
            Formats = _codecs.Formats,
            Mid = _mid,
            IsRejected = _portIsZero && !_bundleOnly,
            Direction = _direction ?? direction ?? MediaDirection.SendReceive,
            Codecs = _codecs.Finish(),
            Extensions = [.. _extensions.Select(pair => new RtpExtensionMap(pair.Key, pair.Value))],
            Transport = _transport.Finish(forAll),
            MultiplexesRtcp = _multiplexesRtcp,
            ReducedSizeRtcp = _reducedSizeRtcp,
            Stream = _stream.Finish(),
            Candidates = _candidates,
            EndOfCandidates = _endOfCandidates,
        };

    // a=extmap:<id>[/<direction>] <URI> [attributes]
    private SdpError? ReadExtension(ReadOnlySpan<char> value, int line)
    {
        SdpError syntax = new(SdpErrorKind.Syntax, "A header extension has a number and a URI.", line);
        if (!SdpText.TryWord(ref value, out var number) || !SdpText.TryWord(ref value, out var uri) || uri.Length > 256)
            return syntax;
        var slash = number.IndexOf('/');
        if (!SdpText.TryNumber(slash < 0 ? number : number[..slash], uint.MaxValue, out var id))
            return syntax;
        if (id is 0 or > 255)
            return new(SdpErrorKind.OutOfRange, "A header extension's number is 1 to 255.", line);
        return _extensions.TryAdd((int)id, uri.ToString()) || uri.SequenceEqual(_extensions[(int)id])
            ? null
            : new(SdpErrorKind.Ambiguous, "A header extension's number has two meanings.", line);
    }

    private SdpError? ReadCandidate(ReadOnlySpan<char> text, int line)
    {
        if (_candidates.Count == SdpLimits.Candidates)
            return new(SdpErrorKind.TooLarge, $"A section has at most {SdpLimits.Candidates} candidates.", line);
        _candidates.Add(text.ToString());
        return null;
    }
}

/// <summary>An attribute's name and value.</summary>
internal readonly ref struct SdpAttribute(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
{
    private readonly ReadOnlySpan<char> _name = name;
    private readonly ReadOnlySpan<char> _value = value;

    public void Deconstruct(out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        name = _name;
        value = _value;
    }
}
