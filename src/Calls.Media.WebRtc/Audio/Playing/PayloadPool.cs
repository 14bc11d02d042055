namespace Calls.Media.WebRtc.Audio;

/// <summary>
/// The memory of the packets that a buffer holds. What was played last is used first again: of a hundred calls each then has a few pieces that are near, where one for each place of the
/// buffer would come from far every time. Allocates nothing once as many are held as ever will be.
/// </summary>
internal struct PayloadPool()
{
    /// <summary>Opus takes at most 1,275 bytes, G.711 of 120 ms 960.</summary>
    public const int Longest = 1_500;

    private const int Least = 256;
    private readonly byte[]?[] _free = new byte[JitterBuffer.Window][];
    private int _count;

    /// <summary>Copies a payload into a piece of memory: <paramref name="own"/> where there is one that nobody needs any more, or a free one.</summary>
    public byte[] Keep(ReadOnlySpan<byte> payload, byte[]? own)
    {
        if (own is null && _count > 0)
            own = _free[--_count];
        if (own is null || own.Length < payload.Length)
            own = new byte[Math.Max(Least, payload.Length)];
        payload.CopyTo(own);
        return own;
    }

    /// <summary>Nobody needs it any more. It stays as it is until the next packet is kept.</summary>
    public void Return(byte[] payload)
    {
        if (_count < _free.Length)
            _free[_count++] = payload;
    }
}
