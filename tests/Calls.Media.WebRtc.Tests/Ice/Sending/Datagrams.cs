using System.Net;
using System.Net.Sockets;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Tests.Ice;

/// <summary>Ports and sockets of this machine, and what is there to be read.</summary>
internal static class Datagrams
{
    public static UdpPort Open(IPAddress address) => UdpPort.TryOpen(address, (_, _) => { })!;

    public static Socket Bind(IPAddress address)
    {
        Socket socket = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(address, 0));
        return socket;
    }

    public static TransportAddress AddressOf(Socket socket) => TransportAddress.From((IPEndPoint)socket.LocalEndPoint!);

    /// <summary>All that is there. A datagram to oneself is there when it is sent.</summary>
    public static List<(TransportAddress From, int Length)> Receive(Socket socket)
    {
        List<(TransportAddress, int)> all = [];
        var buffer = new byte[4_096];
        while (socket.Poll(0, SelectMode.SelectRead))
        {
            EndPoint from = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
            var length = socket.ReceiveFrom(buffer, ref from);
            all.Add((TransportAddress.From((IPEndPoint)from), length));
        }

        return all;
    }
}
