using System.Net;
using System.Net.Sockets;

namespace Calls.Media.WebRtc.Tests.Turn;

/// <summary>
/// Ports for servers that tests start. They lie below those that the system gives to connections: while a connection has the number of a server's port, coturn
/// waits for it, and answers nobody.
/// </summary>
internal static class ServerPort
{
    private const int First = 20_000;
    private const int Count = 12_000;
    private static int last = Random.Shared.Next(Count);

    /// <summary>One that is free for UDP and TCP, each time another one.</summary>
    public static int Free()
    {
        while (true)
        {
            IPEndPoint address = new(IPAddress.Loopback, First + (int)((uint)Interlocked.Increment(ref last) % Count));
            using Socket udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            using Socket tcp = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                udp.Bind(address);
                tcp.Bind(address);
                return address.Port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
    }
}
