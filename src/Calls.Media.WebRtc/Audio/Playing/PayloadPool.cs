namespace Calls.Media.WebRtc.Audio;

/// <summary>
/// The memory of the packets that a buffer holds. What was played last is used first again: of a hundred calls each then has a few pieces that are near, where one for each place of the
/// buffer would come from far every time. Allocates nothing once as many are held as ever will be.
/// </summary>
internal sealed class PayloadPool
{
    /// <summary>Opus takes at most 1,275 bytes, G.711 of 120 ms 960.</summary>
    public const int Longest = 1_500;

    private const int Least = 256;
    private readonly Stack<byte[]> _free = new(JitterBuffer.Window);

    /// <summary>Copies a payload into a piece of memory: <paramref name="own"/> where there is one that nobody needs any more, or a free one.</summary>
    public byte[] Keep(ReadOnlySpan<byte> payload, byte[]? own)
    {
        if (own is null && !_free.TryPop(out own) || own.Length < payload.Length)
            own = new byte[Math.Max(Least, payload.Length)];
        payload.CopyTo(own);
        return own;
    }

    /// <summary>Nobody needs it any more. It stays as it is until the next packet is kept.</summary>
    public void Return(byte[] payload) => _free.Push(payload);
}
