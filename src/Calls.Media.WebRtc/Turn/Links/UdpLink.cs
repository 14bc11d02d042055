using System.Net;
using System.Net.Sockets;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Turn;

/// <summary>Datagrams to and from a TURN server.</summary>
internal sealed class UdpLink : ITurnLink
{
    private readonly TransportAddress _server;
    private readonly UdpPort _port;

    private UdpLink(TransportAddress server, UdpPort port) => (_server, _port) = (server, port);

    /// <summary>Opens a port for one server; null where the system has none of its family.</summary>
    public static UdpLink? TryOpen(IPEndPoint endPoint, TurnMessageArrived arrived)
    {
        var server = TransportAddress.From(endPoint);
        var any = endPoint.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
        var port = UdpPort.TryOpen(any, (from, message) =>
        {
            if (from == server)
                arrived(message);
        });
        if (port is null)
            return null;
        port.Start();
        return new UdpLink(server, port);
    }

    public void Send(ReadOnlySpan<byte> message) => _port.Send(_server, message);

    public void Dispose() => _port.Dispose();
}
