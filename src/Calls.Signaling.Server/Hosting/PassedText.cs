using System.Globalization;
using Microsoft.Extensions.ObjectPool;

namespace Calls.Signaling.Server;

/// <summary>A message as the bytes that go out, from the moment it is passed on until it is written. One at a time has it: who was given it writes it, or gives it back. There are few of
/// these, and each thread uses its own again at once, so that it stays near the processor. One that nobody gives back is collected like anything else.</summary>
internal sealed class PassedText : IResettable
{
    private const int FirstCapacity = 1024;
    private const int LargestKept = 16 * 1024;
    private static readonly ObjectPool<PassedText> Pool = ObjectPool.Create<PassedText>();

    [ThreadStatic]
    private static PassedText? _own;

    private byte[] _bytes = new byte[FirstCapacity];
    private int _length;

    public ReadOnlyMemory<byte> Utf8 => _bytes.AsMemory(0, _length);

    /// <summary>An empty text.</summary>
    /// <param name="capacity">How many bytes it may have.</param>
    public static PassedText Rent(int capacity)
    {
        var text = _own ?? Pool.Get();
        _own = null;
        if (text._bytes.Length < capacity)
            text._bytes = new byte[capacity];
        return text;
    }

    public void Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(_bytes.AsSpan(_length));
        _length += utf8.Length;
    }

    public void Append(int number)
    {
        number.TryFormat(_bytes.AsSpan(_length), out var written, provider: CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>Whoever had it has it no more.</summary>
    public void Return()
    {
        if (_own is not null)
            Pool.Return(this);
        else if (TryReset())
            _own = this;
    }

    public bool TryReset()
    {
        // What was in it is nobody else's business.
        _bytes.AsSpan(0, _length).Clear();
        _length = 0;
        return _bytes.Length <= LargestKept;
    }

    /// <summary>The message.</summary>
    public CallMessage Read()
        => SignalingJson.TryParse(Utf8.Span, out var message, out var error) ? (CallMessage)message : throw new InvalidOperationException(error);
}
