using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Calls.Media.WebRtc.Ice;
using static Calls.Media.WebRtc.Tests.Ice.Datagrams;

namespace Calls.Media.WebRtc.Tests.Ice;

/// <summary>The ring alone, as far as it takes datagrams: where the system has none there is nothing to say of it. A datagram to oneself is there when it is sent.</summary>
public sealed unsafe class ReceivingRingTests : IDisposable
{
    private const int Room = 8, Untouched = int.MinValue;
    private const int BadDescriptor = -9, NothingThere = -11;
    private const int Stride = 256, VectorAt = 56, DatagramAt = 80;
    private readonly Socket _sender = Bind(IPAddress.Loopback);
    private readonly Socket[] _sockets = [.. Enumerable.Range(0, Room).Select(_ => Bind(IPAddress.Loopback))];
    private readonly byte[] _bytes = GC.AllocateArray<byte>(Room * Stride, pinned: true);
    private readonly int[] _results = new int[Room];

    [Fact]
    public void Each_length_goes_where_the_number_says_and_each_datagram_where_its_message_says()
    {
        using var ring = SubmissionRing.TryCreate(Room);
        if (ring is null)
            return;
        for (byte round = 0; round < 100; round++)
        {
            for (byte i = 0; i < Room; i++)
            {
                Send(i, [round, .. new byte[i]]);
                ring.AddReceive((int)_sockets[i].Handle, Message(i), Room - 1 - i);
            }

            Submit(ring, Room).Should().Be(Room);
            _results.Should().Equal(Enumerable.Range(0, Room).Select(number => Room - number));
            Enumerable.Range(0, Room).Select(i => _bytes[i * Stride + DatagramAt]).Should().OnlyContain(first => first == round);
        }
    }

    [Fact]
    public void What_fails_is_told_below_0_and_costs_no_other_however_many_there_are()
    {
        using var ring = SubmissionRing.TryCreate(Room);
        if (ring is null)
            return;
        for (var round = 0; round < 100; round++)
        {
            Send(2, [1, 2, 3]);
            Send(3, []);
            ring.AddReceive(-1, Message(0), 0);
            for (var i = 1; i < 4; i++)
                ring.AddReceive((int)_sockets[i].Handle, Message(i), i);
            Submit(ring, 4).Should().Be(4);
            _results.Should().Equal(BadDescriptor, NothingThere, 3, 0, Untouched, Untouched, Untouched, Untouched);
        }
    }

    [Fact]
    public void What_it_does_not_take_has_no_result_and_is_still_there()
    {
        const int most = 3;
        using var ring = SubmissionRing.TryCreate(Room, most);
        if (ring is null)
            return;
        for (var round = 0; round < 100; round++)
        {
            for (var i = 0; i < Room; i++)
            {
                Send(i, [1]);
                ring.AddReceive((int)_sockets[i].Handle, Message(i), i);
            }

            Submit(ring, Room).Should().Be(most);
            _results.Should().Equal(1, 1, 1, Untouched, Untouched, Untouched, Untouched, Untouched);
            _sockets.Select(socket => Receive(socket).Count).Should().Equal(0, 0, 0, 1, 1, 1, 1, 1);
        }
    }

    [Fact]
    public void Nothing_waits_even_at_a_socket_that_would_and_takes_what_comes_later()
    {
        using var ring = SubmissionRing.TryCreate(Room);
        if (ring is null)
            return;
        _sockets[0].Blocking.Should().BeTrue();
        ring.AddReceive((int)_sockets[0].Handle, Message(0), 0);
        Submit(ring, 1).Should().Be(1);
        _results[0].Should().Be(NothingThere);
        Send(0, [1]);
        Receive(_sockets[0]).Should().ContainSingle();
    }

    public void Dispose()
    {
        _sender.Dispose();
        foreach (var socket in _sockets)
            socket.Dispose();
    }

    private void Send(int socket, byte[] datagram) => _sender.SendTo(datagram, _sockets[socket].LocalEndPoint!);

    private int Submit(SubmissionRing ring, int count)
    {
        _results.AsSpan().Fill(Untouched);
        return ring.Submit(count, _results);
    }

    // A msghdr of no address, and one piece of memory.
    private byte* Message(int number)
    {
        var message = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, number * Stride);
        new Span<byte>(message, Stride).Clear();
        (*(nint*)(message + 16), *(nint*)(message + 24)) = ((nint)(message + VectorAt), 1);
        (*(nint*)(message + VectorAt), *(nint*)(message + VectorAt + 8)) = ((nint)(message + DatagramAt), Stride - DatagramAt);
        return message;
    }
}
