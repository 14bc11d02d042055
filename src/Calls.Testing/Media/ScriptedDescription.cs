using System.Globalization;

namespace Calls.Testing;

/// <summary>What two scripted sessions say to each other, written as a session description (RFC 8866) whose session name tells who is meant.</summary>
/// <param name="IsOffer">An offer, or the answer to one.</param>
/// <param name="From">The session that made it.</param>
/// <param name="To">The session that is answered; of an offer: the session that made it.</param>
/// <param name="Number">Which offer of that session.</param>
/// <param name="Generation">Which ICE generation of the session that made it.</param>
/// <param name="Sections">The media sections, in order.</param>
internal sealed record ScriptedDescription(bool IsOffer, int From, int To, int Number, int Generation, IReadOnlyList<string> Sections)
{
    private const string Name = "s=";
    private const string Section = "m=";

    public static IReadOnlyList<string> AudioAndVideo { get; } = ["audio", "video"];

    /// <summary>Of a certificate that the session might have.</summary>
    private string Fingerprint => $"sha-256 {string.Join(':', Enumerable.Repeat((From % 256).ToString("X2", CultureInfo.InvariantCulture), 32))}";

    public string Write()
    {
        var word = IsOffer ? "offer" : "answer";
        return string.Concat(
            string.Create(CultureInfo.InvariantCulture, $"v=0\r\no=- {From} {Number} IN IP4 127.0.0.1\r\n{Name}{word} {From} {To} {Number}\r\nt=0 0\r\n"),
            string.Concat(Sections.Select(section => string.Create(CultureInfo.InvariantCulture,
                $"{Section}{section} 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=ice-ufrag:s{From}g{Generation}\r\na=fingerprint:{Fingerprint}\r\na=rtpmap:96 {section}/90000\r\n"))));
    }

    /// <summary>Null where it is no description of a scripted session, or has no media section.</summary>
    public static ScriptedDescription? Read(string sdp)
    {
        var lines = sdp.Split('\n', StringSplitOptions.TrimEntries);
        string[] sections = [.. lines.Where(line => line.StartsWith(Section, StringComparison.Ordinal)).Select(line => line[Section.Length..].Split(' ')[0])];
        var words = lines.FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal))?[Name.Length..].Split(' ');
        return words is [("offer" or "answer") and var word, var from, var to, var number] && sections.Length > 0
            && Whole(from) is { } fromId && Whole(to) is { } toId && Whole(number) is { } count
            ? new(word == "offer", fromId, toId, count, 0, sections) : null;
    }

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
