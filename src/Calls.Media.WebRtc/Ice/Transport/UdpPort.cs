using System.Net;
using System.Net.Sockets;
using Calls.Media.WebRtc.Prefetching;
using Calls.Media.WebRtc.Stun;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calls.Media.WebRtc.Ice;

/// <summary>A UDP socket on one address of this machine. Receives by itself, on the thread that reads for all; allocates nothing per datagram.</summary>
internal sealed class UdpPort : IDatagramBase, IPrefetched
{
    /// <summary>What is longer is cut.</summary>
    public const int LongestDatagram = 2048;

    private const int MostFailures = 100;
    private const byte FirstOfMedia = 64;
    private readonly Socket _socket;
    private readonly SafeSocketHandle _handle;
    private readonly IDatagramSink _sink;
    private readonly int _number;
    private readonly ILogger _logger;
    private DatagramReader? _reader;
    private int? _key;
    private int _failures;
    private int _hasFailed;
    private bool _isClosed;
    private Destination? _last;

    private UdpPort(Socket socket, IDatagramSink sink, int number, ILogger logger)
    {
        (_socket, _handle, _sink, _number, _logger) = (socket, socket.SafeHandle, sink, number, logger);
        Address = TransportAddress.From((IPEndPoint)socket.LocalEndPoint!);
    }

    /// <summary>Where it is bound.</summary>
    public TransportAddress Address { get; }

    /// <summary>Opens a port that the system chooses; null where the address cannot be bound.</summary>
    /// <param name="address">Where to bind it.</param>
    /// <param name="arrived">Takes what comes. What it throws costs the datagram.</param>
    /// <param name="logger">Hears the first of what it throws; null: nobody does.</param>
    public static UdpPort? TryOpen(IPAddress address, DatagramArrived arrived, ILogger? logger = null) => TryOpen(address, new Arrivals(arrived), 0, logger);

    /// <summary>The same for one of many ports.</summary>
    /// <param name="address">Where to bind it.</param>
    /// <param name="sink">Takes what comes.</param>
    /// <param name="number">What it is told with.</param>
    /// <param name="logger">As above.</param>
    public static UdpPort? TryOpen(IPAddress address, IDatagramSink sink, int number, ILogger? logger = null)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
            if (OperatingSystem.IsWindows())
                // Otherwise a destination that is gone fails the next read (SIO_UDP_CONNRESET).
                socket.IOControl(-1744830452, [0, 0, 0, 0], null);
            socket.Bind(new IPEndPoint(address, 0));
            return new UdpPort(socket, sink, number, logger ?? NullLogger.Instance);
        }
        catch (SocketException)
        {
            socket?.Dispose();
            return null;
        }
    }

    /// <summary>Begins to receive. Call it once.</summary>
    public void Start() => Start(DatagramReader.Shared);

    /// <summary>Begins to receive, by <paramref name="reader"/>; null: by waiting for itself, on threads of the pool.</summary>
    internal void Start(DatagramReader? reader)
    {
        (_reader, _key) = (reader, reader?.TryAdd(this, _handle));
        if (_key is null)
            _ = ReceiveAsync();
    }

    /// <summary>Takes the datagrams that are there, at least the one that the reader was told of.</summary>
    /// <param name="buffer">Where they go.</param>
    /// <param name="most">How many to take at most.</param>
    /// <returns>Whether all were packets of media: sound, pictures and their reports, or what a relay has of them (RFC 7983, section 7).</returns>
    internal bool Read(Span<byte> buffer, int most) => Read(buffer, most, out _);

    /// <inheritdoc cref="Read(Span{byte}, int)"/>
    /// <param name="buffer">Where they go.</param>
    /// <param name="most">How many to take at most.</param>
    /// <param name="count">How many it took.</param>
    internal bool Read(Span<byte> buffer, int most, out int count)
    {
        count = 0;
        var areMedia = true;
        try
        {
            do
            {
                var length = DatagramCalls.Receive(_handle, buffer, out var from);
                if (!Take(length, from, buffer, ref areMedia))
                    break;
            }
            while (++count < most);
        }
        catch (ObjectDisposedException)
        {
            Leave();
        }

        return areMedia;
    }

    /// <summary>Takes what was read; false where nothing was.</summary>
    /// <param name="length">As <see cref="DatagramCalls.Receive"/> tells it.</param>
    /// <param name="from">Who sent it.</param>
    /// <param name="buffer">The datagram, and what is behind it.</param>
    /// <param name="areMedia">Is false afterwards where it is no packet of media.</param>
    internal bool Take(int length, TransportAddress from, Span<byte> buffer, ref bool areMedia)
    {
        if (length < 0)
        {
            // One that came damaged is told of, and then not there.
            if (length != DatagramCalls.NothingThere && ++_failures == MostFailures)
                Leave();
            return false;
        }

        _failures = 0;
        areMedia &= length > 0 && buffer[0] >= FirstOfMedia;
        // A port of the same batch may have closed this one.
        if (!Volatile.Read(ref _isClosed))
            Handle(from, buffer[..length]);
        return true;
    }

    /// <summary>Keeps the socket until <see cref="Release"/>: who closes it waits. False where it is closed.</summary>
    internal bool TryHold(out int socket)
    {
        var isHeld = false;
        try
        {
            _handle.DangerousAddRef(ref isHeld);
        }
        catch (ObjectDisposedException)
        {
            Leave();
        }

        socket = isHeld ? (int)_handle.DangerousGetHandle() : -1;
        return isHeld;
    }

    /// <summary>Lets go of the socket.</summary>
    internal void Release() => _handle.DangerousRelease();

    /// <summary>Sends, or gives it to the thread's <see cref="DatagramBatch"/>; what the system cannot send now is lost.</summary>
    public void Send(TransportAddress to, ReadOnlySpan<byte> datagram)
    {
        try
        {
            if (DatagramBatch.Current is { } batch)
                batch.Add(_handle, to, datagram);
            else if (DatagramCalls.AreThere)
                DatagramCalls.Send(_handle, to, datagram);
            else
                _socket.SendTo(datagram, SocketFlags.None, Native(to));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // As if the network had lost it.
        }
    }

    /// <summary>Prepares <see cref="Send"/>.</summary>
    public void PrefetchSending() => CacheLines.Fetch(_handle);

    /// <summary>Prepares what the port takes.</summary>
    public void Prefetch(int step)
    {
        if (step == 0)
            CacheLines.Fetch(_sink, lines: 3);
        else
            _sink.Prefetch(step - 1);
    }

    public void Dispose()
    {
        Volatile.Write(ref _isClosed, true);
        Leave();
        _socket.Dispose();
    }

    private void Leave()
    {
        if (_key is { } key)
            _reader!.Remove(key, _handle);
    }

    private async Task ReceiveAsync()
    {
        var buffer = GC.AllocateUninitializedArray<byte>(LongestDatagram, pinned: true);
        SocketAddress from = new(_socket.AddressFamily);
        while (_failures < MostFailures)
        {
            try
            {
                var length = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, from).ConfigureAwait(false);
                _failures = 0;
                Handle(TransportAddress.From(from), buffer.AsSpan(0, length));
            }
            catch (SocketException exception) when (exception.SocketErrorCode is not (SocketError.OperationAborted or SocketError.Interrupted))
            {
                _failures++;
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private void Handle(TransportAddress from, Span<byte> datagram)
    {
        try
        {
            _sink.Arrived(_number, from, datagram);
        }
#pragma warning disable CA1031 // It costs its datagram, and no other. It is told the first time.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (Interlocked.Exchange(ref _hasFailed, 1) == 0)
                Log.DatagramFailed(_logger, Address, exception);
        }
    }

    // Serialized once for all packets of a way.
    private SocketAddress Native(TransportAddress to)
    {
        var destination = Volatile.Read(ref _last);
        if (destination is null || destination.Address != to)
            Volatile.Write(ref _last, destination = new Destination(to, to.ToEndPoint().Serialize()));
        return destination.Native;
    }

    private sealed class Arrivals(DatagramArrived arrived) : IDatagramSink
    {
        public void Arrived(int port, TransportAddress from, Span<byte> datagram) => arrived(from, datagram);
    }

    private sealed record Destination(TransportAddress Address, SocketAddress Native);
}
