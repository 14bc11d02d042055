using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Calls.Media.WebRtc.Ice;

/// <summary>
/// One thread that reads the ports of all calls of a process. It comes with the first port, and leaves a second after the last. What comes is handled on it, one datagram of a
/// port and then one of the next: handlers must not wait. Thread-safe; allocates nothing per datagram.
/// </summary>
internal sealed class DatagramReader
{
    /// <summary>What its thread is called.</summary>
    public const string ThreadName = "Calls reader";

    private const int MostAtOnce = ReadingBatch.Most;
    private const int PatienceMilliseconds = 1_000;
    private const int RestMilliseconds = 1;

    // Where few ports are ready, more than one datagram may wait at each, and to look there is cheaper than to ask for all ports again.
    private const int Few = 4, MostOfOne = 16;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<int, UdpPort> _ports = new();
    private readonly Epoll _epoll;
    private int _lastKey;
    private bool _isThere;

    private DatagramReader(Epoll epoll) => _epoll = epoll;

    /// <summary>The process's reader; null: the system cannot wait for many sockets at once, and each port waits for itself.</summary>
    public static DatagramReader? Shared { get; } = TryCreate();

    /// <summary>A reader of its own; null as <see cref="Shared"/>.</summary>
    internal static DatagramReader? TryCreate() => Epoll.TryCreate() is { } epoll ? new(epoll) : null;

    /// <summary>Reads a port from now on.</summary>
    /// <returns>The key to <see cref="Remove"/> it by; null: the system refuses, and it is not read.</returns>
    public int? TryAdd(UdpPort port, SafeHandle socket)
    {
        lock (_gate)
        {
            var key = ++_lastKey;
            // Known before the first datagram can be told of.
            _ports[key] = port;
            if (!_epoll.TryAdd(socket, key))
            {
                _ports.TryRemove(key, out _);
                return null;
            }

            if (!_isThere)
                new Thread(Run) { IsBackground = true, Name = ThreadName }.UnsafeStart();
            _isThere = true;
            return key;
        }
    }

    /// <summary>Reads a port no longer; to be called before its socket is closed. A datagram may just be handled.</summary>
    public void Remove(int key, SafeHandle socket)
    {
        if (_ports.TryRemove(key, out _))
            _epoll.Remove(socket);
    }

    private void Run()
    {
        Span<int> keys = stackalloc int[MostAtOnce];
        var buffer = GC.AllocateUninitializedArray<byte>(UdpPort.LongestDatagram, pinned: true);
        using var batch = ReadingBatch.TryCreate();
        ReadingPace pace = new();
        var isDry = true;
        while (true)
        {
            var count = _epoll.Wait(keys, isDry ? PatienceMilliseconds : 0);
            if (count == 0 && isDry && Leaves())
                return;
            if (count > Few && batch is not null)
                ReadTogether(keys[..count], batch, ref pace);
            else
                ReadInTurn(keys[..count], buffer, ref pace);

            // Where much comes, all that is there is taken before it rests.
            isDry = count == 0 || !pace.IsMuch;
            if (isDry && pace.Rests(Environment.TickCount64))
                Epoll.Rest(RestMilliseconds);
        }
    }

    // A key is given once: one of a port that left meanwhile is nobody's.
    private void ReadInTurn(ReadOnlySpan<int> keys, byte[] buffer, ref ReadingPace pace)
    {
        foreach (var key in keys)
        {
            if (_ports.TryGetValue(key, out var port))
                pace.Add(port.Read(buffer, keys.Length <= Few ? MostOfOne : 1, out var count), count);
        }
    }

    private void ReadTogether(ReadOnlySpan<int> keys, ReadingBatch batch, ref ReadingPace pace)
    {
        foreach (var key in keys)
        {
            if (_ports.TryGetValue(key, out var port))
                batch.Add(port);
        }

        batch.Read();
        for (var i = 0; i < batch.Count; i++)
            pace.Add(batch.Handle(i));
        batch.Clear();
    }

    private bool Leaves()
    {
        lock (_gate)
            return !(_isThere = !_ports.IsEmpty);
    }
}
