using System.Runtime.CompilerServices;

namespace Calls.Protocol.Tests;

/// <summary><c>docs/protocol.md</c>, read as far as tests hold it to the code.</summary>
internal static class ProtocolDocument
{
    private const string Fence = "```";

    public static string Text { get; } = File.ReadAllText(Path.GetFullPath(Path.Combine(Here(), "../../../docs/protocol.md"))).ReplaceLineEndings("\n");

    private static string[] Lines { get; } = Text.Split('\n');

    /// <summary>The types of message that have a part of their own, in order.</summary>
    public static IEnumerable<string> Parts => Lines.Where(line => line.StartsWith("### `", StringComparison.Ordinal)).Select(line => line[5..^1]);

    /// <summary>The only example of a type.</summary>
    public static string ExampleOf(string type) => Blocks("json", Part(type)).Should().ContainSingle($"{type} has one example").Subject;

    /// <summary>The table of a type's own fields; none where it has none.</summary>
    public static string[][] FieldsOf(string type) => Rows("| field |", Part(type));

    /// <summary>The table of fields that stands next after a line that begins so.</summary>
    public static string[][] FieldsAfter(string start) => Rows("| field |", Lines.SkipWhile(line => !line.StartsWith(start, StringComparison.Ordinal)));

    /// <summary>The cells of the first table whose head begins so, row by row, without the head.</summary>
    public static string[][] Table(string head)
    {
        var rows = Rows(head, Lines);
        rows.Should().NotBeEmpty($"there is a table that begins with '{head}'");
        return rows;
    }

    /// <summary>What stands between fences of a language.</summary>
    public static IEnumerable<string> Blocks(string language) => Blocks(language, Lines);

    /// <summary>A cell without its backticks.</summary>
    public static string Code(string cell)
    {
        cell.Should().MatchRegex("^`[^`]+`$");
        return cell[1..^1];
    }

    private static IEnumerable<string> Part(string type)
    {
        var heading = $"### `{type}`";
        Lines.Should().ContainSingle(line => line == heading);
        return Lines.SkipWhile(line => line != heading).Skip(1).TakeWhile(line => !line.StartsWith('#'));
    }

    private static string[][] Rows(string head, IEnumerable<string> lines)
        => [.. lines.SkipWhile(line => !line.StartsWith(head, StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|')).Select(Cells)];

    private static string[] Cells(string row) => [.. row.Trim('|').Split('|').Select(cell => cell.Trim())];

    private static IEnumerable<string> Blocks(string language, IEnumerable<string> lines)
    {
        List<string>? block = null;
        foreach (var line in lines)
        {
            if (block is null && line == Fence + language)
            {
                block = [];
            }
            else if (block is not null && line == Fence)
            {
                yield return string.Join('\n', block);
                block = null;
            }
            else
            {
                block?.Add(line);
            }
        }
    }

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
