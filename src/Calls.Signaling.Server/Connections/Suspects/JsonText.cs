using System.Buffers;

namespace Calls.Signaling.Server;

/// <summary>Whether a text is one JSON object (RFC 8259). Nothing of it is kept, and nothing is thrown.</summary>
internal ref struct JsonText
{
    private const int End = -1;
    private static readonly SearchValues<byte> NoPlainCharacters = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(control => (byte)control), (byte)'"', (byte)'\\']);
    private ReadOnlySpan<byte> _rest;
    private bool _hasEscapedNames;

    private JsonText(ReadOnlySpan<byte> utf8) => _rest = utf8;

    /// <summary>Whether it is one.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="maxDepth">As deep as it may be nested.</param>
    /// <param name="hasEscapedNames">Whether there is a field whose name is not written as it is.</param>
    public static bool IsObject(ReadOnlySpan<byte> utf8, int maxDepth, out bool hasEscapedNames)
    {
        var text = new JsonText(utf8);
        var isObject = text.Next() == '{' && text.TryTakeValue(maxDepth) && text.Next() == End;
        hasEscapedNames = text._hasEscapedNames;
        return isObject;
    }

    /// <summary>The next character that is no blank.</summary>
    private int Next()
    {
        _rest = _rest.TrimStart(" \t\r\n"u8);
        return First;
    }

    private readonly int First => _rest.IsEmpty ? End : _rest[0];

    private bool TryTakeValue(int depth) => Next() switch
    {
        '{' => TryTakeItems((byte)'}', depth - 1, areNamed: true),
        '[' => TryTakeItems((byte)']', depth - 1, areNamed: false),
        '"' => TryTakeString(out _),
        't' => TryTake("true"u8),
        'f' => TryTake("false"u8),
        'n' => TryTake("null"u8),
        _ => TryTakeNumber(),
    };

    private bool TryTakeItems(byte end, int depth, bool areNamed)
    {
        Skip();
        if (depth < 0)
            return false;
        if (Next() == end)
            return Skip();
        while (true)
        {
            if (areNamed && !TryTakeName())
                return false;
            if (!TryTakeValue(depth))
                return false;
            if (Next() == end)
                return Skip();
            if (First != ',')
                return false;
            Skip();
        }
    }

    private bool TryTakeName()
    {
        if (Next() != '"' || !TryTakeString(out var isEscaped))
            return false;
        _hasEscapedNames |= isEscaped;
        return Next() == ':' && Skip();
    }

    private bool TryTakeString(out bool isEscaped)
    {
        isEscaped = false;
        Skip();
        while (_rest.IndexOfAny(NoPlainCharacters) is >= 0 and var at)
        {
            _rest = _rest[at..];
            if (First == '"')
                return Skip();
            if (First != '\\' || !TryTakeEscape())
                return false;
            isEscaped = true;
        }

        return false;
    }

    private bool TryTakeEscape()
    {
        Skip();
        if (First != 'u')
            return First != End && "\"\\/bfnrt"u8.Contains(_rest[0]) && Skip();
        if (_rest.Length < 5)
            return false;
        for (var i = 1; i <= 4; i++)
        {
            if (!char.IsAsciiHexDigit((char)_rest[i]))
                return false;
        }

        _rest = _rest[5..];
        return true;
    }

    private bool TryTakeNumber()
    {
        if (First == '-')
            Skip();
        if (First == '0')
            Skip();
        else if (!TryTakeDigits())
            return false;
        if (First == '.' && !(Skip() && TryTakeDigits()))
            return false;
        if (First is not ('e' or 'E'))
            return true;
        Skip();
        if (First is '+' or '-')
            Skip();
        return TryTakeDigits();
    }

    private bool TryTakeDigits()
    {
        var other = _rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = other < 0 ? _rest.Length : other;
        _rest = _rest[digits..];
        return digits > 0;
    }

    private bool TryTake(ReadOnlySpan<byte> word)
    {
        if (!_rest.StartsWith(word))
            return false;
        _rest = _rest[word.Length..];
        return true;
    }

    /// <summary>Passes over one character, which is there.</summary>
    private bool Skip()
    {
        _rest = _rest[1..];
        return true;
    }
}
