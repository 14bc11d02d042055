using System.Diagnostics.CodeAnalysis;

namespace Calls.Media.WebRtc.Sdp;

/// <summary>Reads the formats of a section, and what <c>rtpmap</c>, <c>fmtp</c> and <c>rtcp-fb</c> say of them.</summary>
internal sealed class CodecReader
{
    private const int FeedbackPerCodec = 32;
    private readonly Dictionary<int, Entry> _entries = [];
    private readonly List<string> _feedbackOfAll = [];

    private CodecReader()
    {
    }

    public List<string> Formats { get; } = [];

    public static bool TryBegin(ReadOnlySpan<char> formats, bool isRtp, int line, [NotNullWhen(true)] out CodecReader? codecs, [NotNullWhen(false)] out SdpError? error)
    {
        codecs = null;
        CodecReader reader = new();
        error = new(SdpErrorKind.Syntax, "A section has at least one format, with single spaces between them.", line);
        do
        {
            if (!SdpText.TryWord(ref formats, out var format) || !SdpText.IsToken(format, 64))
                return false;
            if (reader.Formats.Count == SdpLimits.Formats)
            {
                error = new(SdpErrorKind.TooLarge, $"A section has at most {SdpLimits.Formats} formats.", line);
                return false;
            }

            reader.Formats.Add(format.ToString());
            if (!isRtp)
                continue;
            if (!SdpText.TryNumber(format, uint.MaxValue, out var type))
                return false;
            if (type > 127)
            {
                error = new(SdpErrorKind.OutOfRange, "A payload type is at most 127.", line);
                return false;
            }

            if (!reader._entries.TryAdd((int)type, new Entry()))
            {
                error = new(SdpErrorKind.Ambiguous, "A payload type is named twice in one section.", line);
                return false;
            }
        }
        while (!formats.IsEmpty);

        codecs = reader;
        error = null;
        return true;
    }

    public SdpError? Read(ReadOnlySpan<char> name, ReadOnlySpan<char> value, int line)
    {
        SdpError syntax = new(SdpErrorKind.Syntax, "rtpmap, fmtp and rtcp-fb have a payload type and what they say of it.", line);
        if (!SdpText.TryWord(ref value, out var format) || value.IsEmpty)
            return syntax;
        if (format is "*" && name is "rtcp-fb")
        {
            if (_feedbackOfAll.Count < FeedbackPerCodec)
                _feedbackOfAll.Add(value.ToString());
            return null;
        }

        if (!SdpText.TryNumber(format, uint.MaxValue, out var type))
            return syntax;
        if (type > 127)
            return new(SdpErrorKind.OutOfRange, "A payload type is at most 127.", line);
        if (!_entries.TryGetValue((int)type, out var entry))
            return null;
        if (name is "rtpmap")
            return entry.ReadMap(value, line);
        if (name is "fmtp")
            entry.Parameters = value.ToString();
        else if (entry.Feedback.Count < FeedbackPerCodec)
            entry.Feedback.Add(value.ToString());
        return null;
    }

    /// <summary>The codecs in the order of the formats; a dynamic payload type that nothing names is left out.</summary>
    public List<RtpCodec> Finish()
    {
        List<RtpCodec> codecs = [];
        foreach (var format in Formats)
        {
            if (!SdpText.TryNumber(format, 127, out var type) || !_entries.TryGetValue((int)type, out var entry))
                continue;
            var map = entry.Map ?? (type switch { 0 => ("PCMU", 8000, 1), 8 => ("PCMA", 8000, 1), _ => null as (string, int, int)? });
            if (map is not var (name, clockRate, channels))
                continue;
            codecs.Add(new RtpCodec
            {
                PayloadType = (int)type,
                Name = name,
                ClockRate = clockRate,
                Channels = channels,
                Parameters = entry.Parameters,
                Feedback = [.. entry.Feedback, .. _feedbackOfAll],
            });
        }

        return codecs;
    }

    private sealed class Entry
    {
        public (string Name, int ClockRate, int Channels)? Map { get; private set; }

        public string? Parameters { get; set; }

        public List<string> Feedback { get; } = [];

        // <encoding name>/<clock rate>[/<channels>]
        public SdpError? ReadMap(ReadOnlySpan<char> value, int line)
        {
            SdpError syntax = new(SdpErrorKind.Syntax, "An encoding has a name, a clock rate and perhaps channels.", line);
            var first = value.IndexOf('/');
            if (first < 0 || !SdpText.IsToken(value[..first], 64))
                return syntax;
            var rest = value[(first + 1)..];
            var second = rest.IndexOf('/');
            if (!SdpText.TryNumber(second < 0 ? rest : rest[..second], int.MaxValue, out var clock))
                return syntax;
            var channels = 1u;
            if (second >= 0 && !SdpText.TryNumber(rest[(second + 1)..], 255, out channels))
                return syntax;
            if (clock == 0 || channels == 0)
                return new(SdpErrorKind.OutOfRange, "A clock rate and a number of channels are 1 or more.", line);
            var map = (value[..first].ToString(), (int)clock, (int)channels);
            if (Map is { } known && known != map)
                return new(SdpErrorKind.Ambiguous, "A payload type has two meanings.", line);
            Map = map;
            return null;
        }
    }
}
