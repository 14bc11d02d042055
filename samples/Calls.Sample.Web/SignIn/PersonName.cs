using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Calls.Sample.Web.SignIn;

/// <summary>A name that somebody signs in with, and the user id that follows from it.</summary>
/// <param name="Id">The user id: lower case, with <c>-</c> for a space.</param>
/// <param name="Display">The name as it was typed, with single spaces.</param>
public sealed record PersonName(string Id, string Display)
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 32;

    /// <summary>Reads a name, or says in one sentence what is wrong with it.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PersonName? name, [NotNullWhen(false)] out string? problem)
    {
        name = null;
        var display = string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        problem = display.Length switch
        {
            0 => "Please type a name.",
            > MaxLength => $"A name has at most {MaxLength} characters.",
            _ when !display.EnumerateRunes().All(IsAllowed) => "A name is made of letters, digits, spaces, and the signs . - _ '",
            _ when !display.EnumerateRunes().Any(Rune.IsLetterOrDigit) => "A name has at least one letter or digit.",
            _ => null,
        };
        if (problem is not null)
            return false;
        name = new PersonName(display.ToLowerInvariant().Replace(' ', '-'), display);
        return true;
    }

    private static bool IsAllowed(Rune rune) => Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '.' or '-' or '_' or '\''
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
