using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Stun;
using static Calls.Media.WebRtc.Tests.Ice.Datagrams;

namespace Calls.Media.WebRtc.Tests.Ice;

/// <summary>The system takes a datagram from the ring and does not send it: it is lost as it would be without a ring, and no other.</summary>
public sealed class FailingDatagramsTests : IDisposable
{
    private const int Rounds = 5;
    private readonly UdpPort _good = Open(IPAddress.Loopback);
    private readonly Socket _receiver = Bind(IPAddress.Loopback), _bad = Bind(IPAddress.Loopback);

    /// <summary>A port of this machine reaches no other machine: in a network without one the way is missing, and elsewhere the address of the sender is refused.</summary>
    [Theory]
    [InlineData("192.0.2.1", 9)]
    [InlineData("255.255.255.255", 9)]
    [InlineData("127.0.0.1", 0)]
    [InlineData("2001:db8::1", 9)]
    public void What_has_no_way_or_is_not_allowed(string address, int port)
        => CostsOnlyItself(_bad.SafeHandle, new TransportAddress(IPAddress.Parse(address), port));

    [Fact]
    public void What_nobody_wants()
    {
        using (var gone = Bind(IPAddress.Loopback))
            _bad.Connect(gone.LocalEndPoint!);
        // The refusal of each is told when the next one is to be sent.
        _bad.Send([1]);
        CostsOnlyItself(_bad.SafeHandle, TransportAddress.From((IPEndPoint)_bad.RemoteEndPoint!));
    }

    [Fact]
    public void What_is_given_to_no_socket()
    {
        using var file = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        CostsOnlyItself(file, AddressOf(_receiver));
    }

    [Fact]
    public unsafe void What_finds_no_room_is_lost_at_once_and_not_read_again_when_there_is_room()
    {
        using var ring = SubmissionRing.TryCreate(DatagramBatch.Most);
        if (ring is null)
            return;
        using Socket receiver = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified), sender = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        UnixDomainSocketEndPoint address = new($"\0calls-{Guid.NewGuid():N}");
        receiver.Bind(address);
        sender.Connect(address);
        // The least that the system allows, which is more. Where the receiver has no room instead, the system wakes nobody who waits for it.
        sender.SendBufferSize = 1;
        var datagram = GC.AllocateArray<byte>(3_000, pinned: true);
        void Send(int count)
        {
            for (var i = 0; i < count; i++)
                ring.Add((int)sender.Handle, null, 0, (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(datagram, 0), datagram.Length);
            ring.Submit(count).Should().Be(count, "what it refuses it took, too");
        }

        datagram[0] = 1;
        Send(DatagramBatch.Most);
        datagram[0] = 2;
        Read(receiver).Should().HaveCountLessThan(DatagramBatch.Most).And.OnlyContain(one => one == 1);
        Send(1);
        Read(receiver).Should().Equal(2);
        Send(1);
        Read(receiver).Should().Equal(2);
    }

    public void Dispose()
    {
        _good.Dispose();
        _receiver.Dispose();
        _bad.Dispose();
    }

    // More failures than results find room at once.
    private void CostsOnlyItself(SafeHandle socket, TransportAddress to)
    {
        using var batch = DatagramBatch.Begin();
        if (batch is null)
            return;
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < DatagramBatch.Most; i++)
            {
                if (i % 8 == 5)
                    _good.Send(AddressOf(_receiver), new byte[i + 1]);
                else
                    batch.Add(socket, to, [1, 2, 3]);
            }

            batch.Send();
            Receive(_receiver).Should().Equal((_good.Address, 6), (_good.Address, 14), (_good.Address, 22), (_good.Address, 30));
        }
    }

    private static List<byte> Read(Socket socket)
    {
        List<byte> all = [];
        var buffer = new byte[4_096];
        while (socket.Poll(0, SelectMode.SelectRead) && socket.Receive(buffer) > 0)
            all.Add(buffer[0]);
        return all;
    }
}
