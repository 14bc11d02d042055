using System.Text;
using Calls.Machine;

namespace Calls.Tests.Readme;

/// <summary>Draws the table as a Mermaid state diagram.</summary>
internal static class StateDiagram
{
    public static string Draw()
    {
        var text = new StringBuilder("stateDiagram-v2\n    [*] --> Idle\n");
        foreach (var from in CallTable.States)
        {
            foreach (var to in CallTable.States)
            {
                var rows = CallTable.Rows.Where(row => CallRules.Table[from, row].Targets.Contains(to)).Select(Words).ToList();
                if (rows.Count > 0)
                    text.Append("    ").Append(from).Append(" --> ").Append(to).Append(" : ").AppendJoin(", ", rows).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Words(CallRow row)
        => string.Concat(row.ToString().Select((letter, at) => char.IsUpper(letter) ? (at > 0 ? " " : "") + char.ToLowerInvariant(letter) : $"{letter}"));
}
