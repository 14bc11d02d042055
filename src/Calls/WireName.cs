using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Calls;

/// <summary>The alphabet and length that call ids and device ids share on the wire.</summary>
public static class WireName
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>Whether <paramref name="value"/> is 1–64 characters of <c>A-Za-z0-9_-</c>.</summary>
    public static bool IsValid([NotNullWhen(true)] string? value)
        => value is { Length: >= 1 and <= CallId.MaxLength } && !value.AsSpan().ContainsAnyExcept(Allowed);
}
