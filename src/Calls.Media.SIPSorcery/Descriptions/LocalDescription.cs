using System.Globalization;

namespace Calls.Media.SIPSorcery.Descriptions;

/// <summary>SIPSorcery's own descriptions, as they go out.</summary>
internal static class LocalDescription
{
    private const string TransportFeedback = " transport-cc";
    private const string Tones = "telephone-event";

    /// <summary>Names the feedback that is really given and taken. An answer has its formats in the order of the offer, and leaves out tones that were not offered.</summary>
    /// <param name="text">What SIPSorcery wrote.</param>
    /// <param name="offer">The offer that it answers; null: it is an offer.</param>
    public static string Finish(string text, RemoteDescription? offer)
    {
        var lines = text.Split("\r\n").ToList();
        if (offer is not null && !offer.Audio.Speaks(Tones))
            RemoveTones(lines);
        if (offer is not null)
            Order(lines, offer.Audio);
        if (offer?.Video is { } video)
            Order(lines, video);
        return string.Join("\r\n", lines.SelectMany(Feedback));
    }

    // No transport-wide feedback is sent; whole pictures are asked for, and given where they are.
    private static IEnumerable<string> Feedback(string line)
        => line.StartsWith("a=rtcp-fb:", StringComparison.Ordinal) && line.EndsWith(TransportFeedback, StringComparison.Ordinal)
            ? [line[..^TransportFeedback.Length] + " nack pli", line[..^TransportFeedback.Length] + " ccm fir"]
            : [line];

    private static void Order(List<string> lines, RemoteSection section)
    {
        var at = lines.FindIndex(line => line.StartsWith($"m={section.Kind} ", StringComparison.Ordinal));
        if (at < 0)
            return;
        var parts = lines[at].Split(' ');
        lines[at] = string.Join(' ', parts.Take(3).Concat(parts.Skip(3).OrderBy(payload => section.Rank(int.Parse(payload, CultureInfo.InvariantCulture)))));
    }

    private static void RemoveTones(List<string> lines)
    {
        foreach (var payload in lines.Where(line => line.StartsWith("a=rtpmap:", StringComparison.Ordinal) && line.Contains(Tones, StringComparison.Ordinal))
                     .Select(line => line["a=rtpmap:".Length..].Split(' ')[0]).ToArray())
        {
            lines.RemoveAll(line => line.StartsWith($"a=rtpmap:{payload} ", StringComparison.Ordinal) || line.StartsWith($"a=fmtp:{payload} ", StringComparison.Ordinal));
            for (var i = 0; i < lines.Count; i++)
            {
                if (lines[i].StartsWith("m=audio ", StringComparison.Ordinal))
                    lines[i] = string.Join(' ', lines[i].Split(' ').Where((part, index) => index < 3 || part != payload));
            }
        }
    }
}
