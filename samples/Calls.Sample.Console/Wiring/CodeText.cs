namespace Calls.Sample.Console.Wiring;

/// <summary>The code that two people read to each other, in words: what a terminal draws of a picture is anybody's guess.</summary>
internal static class CodeText
{
    /// <summary>The names of the pictures; empty: there is no code.</summary>
    public static string Of(VerificationCode? code) => code is null ? "" : string.Join(", ", code.Emoji.Select(emoji => emoji.Name));
}
