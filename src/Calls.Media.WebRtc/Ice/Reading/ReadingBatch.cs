using System.Runtime.InteropServices;
using Calls.Media.WebRtc.Prefetching;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Ice;

/// <summary>Reads many ports by one system call, one datagram of each. Belongs to the thread that made it; allocates nothing per datagram.</summary>
internal sealed unsafe class ReadingBatch : IDisposable
{
    /// <summary>How many ports are read together at most.</summary>
    public const int Most = 64;

    // For each port a msghdr, the iovec that it points to, the sender's address, and the datagram. The next one's is no power of two away: those would share few lines of the cache.
    private const int VectorAt = 56, AddressAt = 80, DatagramAt = 128, Stride = DatagramAt + UdpPort.LongestDatagram + 64;
    private const int NotTaken = int.MinValue;
    private const ushort InternetOfVersion6 = 10;
    private readonly SubmissionRing _ring;
    private readonly UdpPort[] _ports = new UdpPort[Most];
    private readonly int[] _results = new int[Most];
    private readonly byte[] _bytes = GC.AllocateArray<byte>(Most * Stride, pinned: true);
    private readonly byte* _begin;

    private ReadingBatch(SubmissionRing ring)
    {
        _ring = ring;
        _begin = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0);
        for (var i = 0; i < Most; i++)
        {
            var message = _begin + i * Stride;
            (*(nint*)message, *(nint*)(message + 16), *(nint*)(message + 24)) = ((nint)(message + AddressAt), (nint)(message + VectorAt), 1);
            (*(nint*)(message + VectorAt), *(nint*)(message + VectorAt + 8)) = ((nint)(message + DatagramAt), UdpPort.LongestDatagram);
        }
    }

    /// <summary>How many ports there are in it.</summary>
    public int Count { get; private set; }

    /// <summary>An empty one; null where the system cannot read many at once.</summary>
    /// <param name="mostTaken">How many the system takes together at most; as <see cref="DatagramBatch.Begin"/>.</param>
    public static ReadingBatch? TryCreate(int mostTaken = Most) => SubmissionRing.TryCreate(Most, mostTaken) is { } ring ? new(ring) : null;

    /// <summary>Takes a port along; there must be room.</summary>
    public void Add(UdpPort port)
    {
        if (!port.TryHold(out var socket))
            return;
        var message = _begin + Count * Stride;
        *(int*)(message + 8) = TransportAddress.NativeLength;
        _ring.AddReceive(socket, message, Count);
        _ports[Count++] = port;
    }

    /// <summary>Reads them. Nobody is held any more when it returns.</summary>
    public void Read()
    {
        _results.AsSpan(0, Count).Fill(NotTaken);
        _ring.Submit(Count, _results);
        foreach (var port in _ports.AsSpan(0, Count))
            port.Release();
    }

    /// <summary>Gives a port what was read of it; what the system did not take is read without it. To be called for each, in their order.</summary>
    /// <returns>Whether it was media, if anything; as <see cref="UdpPort.Read(Span{byte}, int)"/>.</returns>
    public bool Handle(int number)
    {
        Turns.Prepare<UdpPort>(_ports.AsSpan(0, Count), number);
        var message = _begin + number * Stride;
        Span<byte> datagram = new(message + DatagramAt, UdpPort.LongestDatagram);
        if (_results[number] == NotTaken)
            return _ports[number].Read(datagram, most: 1);
        var areMedia = true;
        var isIPv6 = *(ushort*)(message + AddressAt) == InternetOfVersion6;
        _ports[number].Take(
            DatagramCalls.Outcome(_results[number]), TransportAddress.FromNative(new ReadOnlySpan<byte>(message + AddressAt, TransportAddress.NativeLength), isIPv6), datagram, ref areMedia);
        return areMedia;
    }

    /// <summary>Forgets the ports.</summary>
    public void Clear()
    {
        _ports.AsSpan(0, Count).Clear();
        Count = 0;
    }

    public void Dispose() => _ring.Dispose();
}
