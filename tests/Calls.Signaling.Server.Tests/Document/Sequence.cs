using System.Text.RegularExpressions;

namespace Calls.Signaling.Server.Tests;

/// <summary>One sequence of the document: who takes part, and what happens one after another.</summary>
internal sealed partial record Sequence(string Title, IReadOnlyDictionary<string, string> Users, IReadOnlyList<SequenceLine> Lines, bool IsNumbered)
{
    /// <summary>Whether the connections stand before it begins.</summary>
    public bool BeginsConnected => Users.Keys.ToDictionary(who => who, who => Lines.First(line => line.From == who || line.To == who)).Values
        .All(first => first.What != "connects");

    /// <param name="title">How tests name it.</param>
    /// <param name="mermaid">The text of the diagram.</param>
    public static Sequence Read(string title, string mermaid)
    {
        Dictionary<string, string> users = [];
        List<SequenceLine> lines = [];
        foreach (var line in mermaid.Split('\n').Select(line => line.Trim()).Where(line => line is not ("" or "sequenceDiagram")))
        {
            if (Participant().Match(line) is { Success: true } participant)
            {
                if (participant.Groups[1].Value != SequenceLine.Server)
                    users.Add(participant.Groups[1].Value, participant.Groups[2].Success ? participant.Groups[2].Value : participant.Groups[1].Value);
            }
            else if (Arrow().Match(line) is { Success: true } arrow)
            {
                lines.Add(new(arrow.Groups[1].Value, arrow.Groups[2].Value, arrow.Groups[3].Value, arrow.Groups[4].Value, arrow.Groups[5].Value));
            }
            else if (Pause().Match(line) is { Success: true } pause)
            {
                lines.Add(new(SequenceLine.Server, SequenceLine.Server, pause.Groups[1].Value, "", ""));
            }
            else
            {
                line.Should().MatchRegex("^Note over |-->>", "every line is understood");
            }
        }

        return new(title, users, lines, !mermaid.Contains("without seq", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^participant (\w+)(?: as (\w+)'s \w+)?$")]
    private static partial Regex Participant();

    [GeneratedRegex(@"^(\w+)(?:->>|--x)(\w+): (call:[a-z-]+|connects|is lost)(?: ([a-z-]+))?(?: \((\d)\))?$")]
    private static partial Regex Arrow();

    [GeneratedRegex(@"^Note over server: (\d+) s pass$")]
    private static partial Regex Pause();
}

/// <summary>A line of a sequence.</summary>
/// <param name="From">From whom.</param>
/// <param name="To">To whom; the server to itself: time passes.</param>
/// <param name="What">A type of message; or connects, is lost, or how many seconds.</param>
/// <param name="Reason">The reason in it; empty: none is named.</param>
/// <param name="Call">Which call; empty where there is one only.</param>
internal sealed record SequenceLine(string From, string To, string What, string Reason, string Call)
{
    public const string Server = "server";
}
