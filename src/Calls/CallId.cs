using System.Diagnostics.CodeAnalysis;

namespace Calls;

/// <summary>
/// The identity of one call, made by the caller: 1–64 characters of <c>A-Za-z0-9_-</c>, unguessable.
/// Compared by ordinal; of two calls that cross each other the smaller id is kept.
/// </summary>
public readonly record struct CallId : IComparable<CallId>
{
    /// <summary>The longest id the protocol allows, in characters.</summary>
    public const int MaxLength = 64;

    private readonly string? _value;

    private CallId(string value) => _value = value;

    /// <summary>The id as it stands on the wire; empty for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether this is <c>default</c>, that is, no id.</summary>
    public bool IsEmpty => _value is null;

    /// <summary>A new id with 122 random bits: a lower-case UUID version 4 (RFC 9562, section 5.4).</summary>
    public static CallId New() => new(Guid.NewGuid().ToString("D"));

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException"><paramref name="value"/> is not 1–64 characters of <c>A-Za-z0-9_-</c>.</exception>
    public static CallId Parse(string value)
        => TryParse(value, out var id) ? id : throw new FormatException("A call id is 1 to 64 characters of A-Z, a-z, 0-9, '_' and '-'.");

    /// <summary>Reads an id, or says that <paramref name="value"/> is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out CallId id)
    {
        id = WireName.IsValid(value) ? new CallId(value) : default;
        return !id.IsEmpty;
    }

    /// <inheritdoc/>
    public int CompareTo(CallId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>Whether <paramref name="left"/> stands before <paramref name="right"/> by ordinal.</summary>
    public static bool operator <(CallId left, CallId right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> stands after <paramref name="right"/> by ordinal.</summary>
    public static bool operator >(CallId left, CallId right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> stands before, or is, <paramref name="right"/>.</summary>
    public static bool operator <=(CallId left, CallId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> stands after, or is, <paramref name="right"/>.</summary>
    public static bool operator >=(CallId left, CallId right) => left.CompareTo(right) >= 0;
}
