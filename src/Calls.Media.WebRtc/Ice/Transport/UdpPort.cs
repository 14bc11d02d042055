using System.Net;
using System.Net.Sockets;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Ice;

/// <summary>Takes what came to a port. The bytes may be changed in place, and are valid until the method returns.</summary>
internal delegate void DatagramArrived(TransportAddress from, Span<byte> datagram);

/// <summary>A UDP socket on one address of this machine. Receives by itself; allocates nothing per datagram, and keeps no thread.</summary>
internal sealed class UdpPort : IDatagramBase
{
    private const int LongestDatagram = 2048;
    private const int MostFailures = 100;
    private readonly Socket _socket;
    private readonly DatagramArrived _arrived;
    private Destination? _last;

    private UdpPort(Socket socket, DatagramArrived arrived)
    {
        (_socket, _arrived) = (socket, arrived);
        Address = TransportAddress.From((IPEndPoint)socket.LocalEndPoint!);
    }

    /// <summary>Where it is bound.</summary>
    public TransportAddress Address { get; }

    /// <summary>Opens a port that the system chooses; null where the address cannot be bound.</summary>
    public static UdpPort? TryOpen(IPAddress address, DatagramArrived arrived)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
            if (OperatingSystem.IsWindows())
                // Otherwise a destination that is gone fails the next read (SIO_UDP_CONNRESET).
                socket.IOControl(-1744830452, [0, 0, 0, 0], null);
            socket.Bind(new IPEndPoint(address, 0));
            return new UdpPort(socket, arrived);
        }
        catch (SocketException)
        {
            socket?.Dispose();
            return null;
        }
    }

    /// <summary>Begins to receive.</summary>
    public void Start() => _ = ReceiveAsync();

    /// <summary>Sends; what the system cannot send now is lost.</summary>
    public void Send(TransportAddress to, ReadOnlySpan<byte> datagram)
    {
        var destination = Volatile.Read(ref _last);
        if (destination is null || destination.Address != to)
            Volatile.Write(ref _last, destination = new Destination(to, to.ToEndPoint().Serialize()));
        try
        {
            _socket.SendTo(datagram, SocketFlags.None, destination.Native);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // As if the network had lost it.
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReceiveAsync()
    {
        var buffer = GC.AllocateUninitializedArray<byte>(LongestDatagram, pinned: true);
        SocketAddress from = new(_socket.AddressFamily);
        for (var failures = 0; failures < MostFailures;)
        {
            try
            {
                var length = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, from).ConfigureAwait(false);
                _arrived(TransportAddress.From(from), buffer.AsSpan(0, length));
                failures = 0;
            }
            catch (SocketException exception) when (exception.SocketErrorCode is not (SocketError.OperationAborted or SocketError.Interrupted))
            {
                failures++;
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private sealed record Destination(TransportAddress Address, SocketAddress Native);
}
