using System.Globalization;

namespace Calls.Blazor.Parts;

/// <summary>What a person without a picture looks like: initials on a colour that is always the same for the same name.</summary>
internal static class PersonLook
{
    private static readonly (string Light, string Deep)[] Colors =
    [
        ("#ff9a76", "#e4572e"), ("#f7b955", "#d9822b"), ("#7bd389", "#2f9e58"), ("#5fd0c5", "#168f8b"),
        ("#6fb7ff", "#2d6fdb"), ("#a597ff", "#6a4fd8"), ("#f58fb8", "#cf3f7f"), ("#9aa9c7", "#566689"),
    ];

    /// <summary>The first letters of the first and the last word, at most two; <c>?</c> for no name.</summary>
    public static string Initials(string name)
    {
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0)
            return "?";
        var first = StringInfo.GetNextTextElement(words[0]);
        var last = words.Length > 1 ? StringInfo.GetNextTextElement(words[^1]) : "";
        return (first + last).ToUpperInvariant();
    }

    /// <summary>A light and a deep shade of one colour.</summary>
    public static (string Light, string Deep) Color(string name)
    {
        // FNV-1a: string.GetHashCode differs from run to run.
        var hash = 2166136261u;
        foreach (var letter in name)
            hash = unchecked((hash ^ letter) * 16777619u);
        return Colors[hash % (uint)Colors.Length];
    }
}
