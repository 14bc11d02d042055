namespace Calls.Media.WebRtc.Sdp;

/// <summary>Reads whose packets come in a section: <c>ssrc</c> (RFC 5576), <c>ssrc-group:FID</c> and <c>msid</c> (RFC 8830).</summary>
internal sealed class SourceReader
{
    private uint? _first;
    private (uint Ssrc, uint Retransmission)? _pair;
    private string? _canonicalName;
    private string? _streamId;
    private string? _trackId;
    private bool _hasMsid;

    public SdpError? Read(ReadOnlySpan<char> name, ReadOnlySpan<char> value, int line) => name switch
    {
        "msid" => ReadMsid(value, line),
        "ssrc-group" => ReadGroup(value, line),
        _ => ReadSource(value, line),
    };

    public StreamIdentity? Finish()
    {
        if (_first is null && _pair is null && _streamId is null)
            return null;
        return new StreamIdentity
        {
            Ssrc = _pair?.Ssrc ?? _first,
            RetransmissionSsrc = _pair?.Retransmission,
            CanonicalName = _canonicalName,
            StreamId = _streamId,
            TrackId = _trackId,
        };
    }

    private SdpError? ReadMsid(ReadOnlySpan<char> value, int line)
    {
        if (!SdpText.TryWord(ref value, out var stream) || stream.Length > 256 || value.Length > 256)
            return new(SdpErrorKind.Syntax, "A media stream's name has at most 256 characters.", line);
        // A section may belong to several streams; a call has one.
        if (_hasMsid)
            return null;
        _streamId = stream.ToString();
        _trackId = SdpText.TryWord(ref value, out var track) ? track.ToString() : null;
        _hasMsid = true;
        return null;
    }

    private SdpError? ReadGroup(ReadOnlySpan<char> value, int line)
    {
        if (!SdpText.TryWord(ref value, out var semantics) || semantics is not "FID" || _pair is not null)
            return null;
        if (!SdpText.TryWord(ref value, out var first) || !SdpText.TryWord(ref value, out var second)
            || !SdpText.TryNumber(first, uint.MaxValue, out var ssrc) || !SdpText.TryNumber(second, uint.MaxValue, out var retransmission))
            return new(SdpErrorKind.Syntax, "A FID group has two sources.", line);
        _pair = (ssrc, retransmission);
        return null;
    }

    private SdpError? ReadSource(ReadOnlySpan<char> value, int line)
    {
        if (!SdpText.TryWord(ref value, out var number) || !SdpText.TryNumber(number, uint.MaxValue, out var ssrc))
            return new(SdpErrorKind.Syntax, "A source is a number of 32 bits.", line);
        _first ??= ssrc;
        if (ssrc == _first && value.StartsWith("cname:") && value.Length <= 262)
            _canonicalName = value[6..].ToString();
        // The form before RFC 8830: the stream is told with the source.
        if (ssrc == _first && !_hasMsid && value.StartsWith("msid:"))
        {
            var result = ReadMsid(value[5..], line);
            _hasMsid = false;
            return result;
        }

        return null;
    }
}
