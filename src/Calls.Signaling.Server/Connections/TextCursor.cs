namespace Calls.Signaling.Server;

/// <summary>Walks over JSON without blanks and escapes. What is not there is not taken, and nothing is thrown.</summary>
internal ref struct TextCursor(ReadOnlySpan<byte> utf8)
{
    // What fits into an int whatever the digits.
    private const int MaxDigits = 9;
    private readonly ReadOnlySpan<byte> _utf8 = utf8;

    public int Position { get; private set; }

    public readonly bool IsAtEnd => Position == _utf8.Length;

    public readonly ReadOnlySpan<byte> Since(int start) => _utf8[start..Position];

    public bool Take(byte expected)
    {
        if (Position >= _utf8.Length || _utf8[Position] != expected)
            return false;
        Position++;
        return true;
    }

    public bool Take(scoped ReadOnlySpan<byte> expected)
    {
        if (!_utf8[Position..].StartsWith(expected))
            return false;
        Position += expected.Length;
        return true;
    }

    /// <summary>A string in quotes, which are left out.</summary>
    public bool TryTakeString(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!Take((byte)'"'))
            return false;
        var length = _utf8[Position..].IndexOf((byte)'"');
        if (length < 0)
            return false;
        text = _utf8.Slice(Position, length);
        Position += length + 1;
        return true;
    }

    /// <summary>A number, 0 or more.</summary>
    public bool TryTakeNumber(out int number)
    {
        number = 0;
        var start = Position;
        for (; Position < _utf8.Length && char.IsAsciiDigit((char)_utf8[Position]); Position++)
        {
            if (Position - start == MaxDigits)
                return false;
            number = 10 * number + (_utf8[Position] - '0');
        }

        var digits = Position - start;
        return digits == 1 || (digits > 1 && _utf8[start] != '0');
    }
}
