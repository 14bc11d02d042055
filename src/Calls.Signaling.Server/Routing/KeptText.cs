using System.Globalization;

namespace Calls.Signaling.Server;

/// <summary>
/// A message as the bytes that go out. The outbox of its device has it, and so has a connection until it has written it; who has had it last gives it back to be used again.
/// One that nobody gives back is collected like anything else.
/// </summary>
internal sealed class KeptText(KeptTexts pool)
{
    private const int FirstCapacity = 512;
    private byte[] _bytes = new byte[FirstCapacity];
    private int _holders;

    /// <summary>Its number in the stream to its device.</summary>
    public int Seq { get; private set; }

    public int Length { get; private set; }

    public int Capacity => _bytes.Length;

    public ReadOnlyMemory<byte> Utf8 => _bytes.AsMemory(0, Length);

    /// <summary>Begins anew, for one who has it.</summary>
    public void Begin(int seq, int capacity)
    {
        if (_bytes.Length < capacity)
            _bytes = new byte[capacity];
        (Seq, Length, _holders) = (seq, 0, 1);
    }

    public void Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(_bytes.AsSpan(Length));
        Length += utf8.Length;
    }

    public void Append(int number)
    {
        number.TryFormat(_bytes.AsSpan(Length), out var written, provider: CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>One more has it.</summary>
    public KeptText Hold()
    {
        Interlocked.Increment(ref _holders);
        return this;
    }

    /// <summary>One has it no more.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) > 0)
            return;

        // What was in it is nobody else's business.
        _bytes.AsSpan(0, Length).Clear();
        pool.Return(this);
    }

    /// <summary>The message.</summary>
    public CallMessage Read()
        => SignalingJson.TryParse(Utf8.Span, out var message, out var error) ? (CallMessage)message : throw new InvalidOperationException(error);
}
