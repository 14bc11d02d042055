using System.Text.Json;

namespace Calls.Signaling;

/// <summary>
/// A long text of a message, as it was given or as it came: what came as JSON stays so until somebody reads it. A server passes a session description on and never reads it, so that its bytes
/// need be neither decoded nor encoded anew, and are kept in half the memory.
/// </summary>
internal readonly struct WireText : IEquatable<WireText>
{
    private readonly object? _kept;

    public WireText(string? text) => _kept = text;

    private WireText(byte[] quoted) => _kept = quoted;

    /// <summary>The text, decoded at each look.</summary>
    public string Text => _kept is byte[] quoted ? Decode(quoted) : (string?)_kept ?? "";

    /// <summary>The string on which a reader stands.</summary>
    /// <param name="json">A reader whose string is known to be text: one that has half of a surrogate pair is none.</param>
    public static WireText Of(ref Utf8JsonReader json)
    {
        var value = json.ValueSpan;
        var quoted = new byte[value.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        value.CopyTo(quoted.AsSpan(1));
        return new WireText(quoted);
    }

    /// <summary>Writes the text as the value of a field.</summary>
    public void Write(Utf8JsonWriter json, JsonEncodedText name)
    {
        if (_kept is byte[] quoted)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(quoted, skipInputValidation: true);
        }
        else
        {
            json.WriteString(name, Text);
        }
    }

    public bool Equals(WireText other) => Text == other.Text;

    public override bool Equals(object? obj) => obj is WireText other && Equals(other);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    private static string Decode(byte[] quoted)
    {
        var json = new Utf8JsonReader(quoted);
        json.Read();
        return json.GetString()!;
    }
}
