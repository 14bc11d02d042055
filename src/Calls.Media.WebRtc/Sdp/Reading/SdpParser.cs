using System.Diagnostics.CodeAnalysis;

namespace Calls.Media.WebRtc.Sdp;

/// <summary>
/// Reads session descriptions (RFC 8866). Strict in its form, as the text comes from a stranger; what a call has no use for is read and left.
/// Never throws, and keeps no more than <see cref="SdpLimits"/> allows.
/// </summary>
internal static class SdpParser
{
    /// <summary>Reads <paramref name="text"/>; false, with what is wrong, where it is no description.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SessionDescription? description, [NotNullWhen(false)] out SdpError? error)
    {
        SessionReader session = new();
        List<SectionReader> sections = [];
        description = null;
        error = text.Length > SdpLimits.Length ? new SdpError(SdpErrorKind.TooLarge, $"A description has at most {SdpLimits.Length} characters.") : null;
        var number = 0;
        ReadOnlySpan<char> rest = text;
        while (error is null && !rest.IsEmpty)
            error = ReadLine(NextLine(ref rest), ++number, session, sections);
        error ??= session.Complete(number);
        if (error is not null)
            return false;

        List<MediaSection> finished = [.. sections.Select(section => section.Finish(session.Transport, session.Direction))];
        error = Doubles(finished);
        if (error is not null)
            return false;
        description = new SessionDescription
        {
            SessionId = session.Id,
            SessionVersion = session.Version,
            Bundle = session.Bundle,
            MixesExtensions = session.MixesExtensions,
            Sections = finished,
        };
        return true;
    }

    private static ReadOnlySpan<char> NextLine(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf('\n');
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return line is [.., '\r'] ? line[..^1] : line;
    }

    private static SdpError? ReadLine(ReadOnlySpan<char> line, int number, SessionReader session, List<SectionReader> sections)
    {
        if (number > SdpLimits.Lines || line.Length > SdpLimits.LineLength)
            return new SdpError(SdpErrorKind.TooLarge, $"A description has at most {SdpLimits.Lines} lines of {SdpLimits.LineLength} characters.", number);
        if (line is not [>= 'a' and <= 'z', '=', ..] || HasControl(line))
            return new SdpError(SdpErrorKind.Syntax, "A line is a small letter, '=' and text without control characters.", number);

        var type = line[0];
        var value = line[2..];
        if (type == 'm')
        {
            if (sections.Count == SdpLimits.Sections)
                return new SdpError(SdpErrorKind.TooLarge, $"A description has at most {SdpLimits.Sections} sections.", number);
            if (!SectionReader.TryBegin(value, number, out var begun, out var wrong))
                return wrong;
            sections.Add(begun);
            return session.Complete(number);
        }

        return sections is [.., var section] ? section.Read(type, value, number) : session.Read(type, value, number);
    }

    private static bool HasControl(ReadOnlySpan<char> line) => line.IndexOfAnyInRange('\0', '\x1f') >= 0 || line.Contains('\x7f');

    private static SdpError? Doubles(List<MediaSection> sections)
    {
        HashSet<string> mids = [];
        foreach (var section in sections)
        {
            if (section.Mid is { } mid && !mids.Add(mid))
                return new SdpError(SdpErrorKind.Ambiguous, "Two sections have the same mid.");
        }

        return null;
    }
}
