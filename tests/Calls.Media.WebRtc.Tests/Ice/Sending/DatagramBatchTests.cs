using System.Net;
using System.Net.Sockets;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Stun;
using static Calls.Media.WebRtc.Tests.Ice.Datagrams;

namespace Calls.Media.WebRtc.Tests.Ice;

/// <summary>Where the system cannot send many at once there is no batch, and nothing to say of it. A datagram to oneself is there when it is sent.</summary>
public sealed class DatagramBatchTests : IDisposable
{
    private readonly UdpPort _one = Open(IPAddress.Loopback), _other = Open(IPAddress.Loopback);
    private readonly Socket _receiver = Bind(IPAddress.Loopback);

    [Fact]
    public void What_is_sent_waits_for_the_batch_and_arrives_in_order_from_where_it_was_sent()
    {
        using (var batch = DatagramBatch.Begin())
        {
            if (batch is null)
                return;
            _one.Send(AddressOf(_receiver), [1]);
            _other.Send(AddressOf(_receiver), [2, 2]);
            _one.Send(AddressOf(_receiver), [3, 3, 3]);
            _receiver.Available.Should().Be(0);
            batch.Send();
            Receive(_receiver).Should().Equal((_one.Address, 1), (_other.Address, 2), (_one.Address, 3));
            batch.Send();
            Receive(_receiver).Should().BeEmpty("each is sent once");
        }

        _one.Send(AddressOf(_receiver), [1]);
        Receive(_receiver).Should().ContainSingle("without a batch it is sent at once");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(160)]
    [InlineData(1_200)]
    [InlineData(2_500)]
    public void A_full_batch_is_sent_by_itself_and_the_end_of_it_sends_the_rest(int length)
    {
        const int count = 2 * DatagramBatch.Most + 3;
        var received = new List<(TransportAddress, int)>();
        using (var batch = DatagramBatch.Begin())
        {
            if (batch is null)
                return;
            for (var i = 0; i < count; i++)
            {
                _one.Send(AddressOf(_receiver), new byte[length]);
                received.AddRange(Receive(_receiver));
            }

            // By number or, of long ones, by bytes.
            received.Count.Should().BeInRange(count - DatagramBatch.Most, count);
        }

        received.AddRange(Receive(_receiver));
        received.Should().HaveCount(count).And.OnlyContain(one => one.Equals(ValueTuple.Create(_one.Address, length)));
    }

    [Fact]
    public void A_port_that_is_closed_meanwhile_or_cannot_send_costs_its_own_datagrams_only()
    {
        using var batch = DatagramBatch.Begin();
        if (batch is null)
            return;
        for (var round = 0; round < 5; round++)
        {
            var gone = Open(IPAddress.Loopback);
            gone.Send(AddressOf(_receiver), [1]);
            _one.Send(new TransportAddress(IPAddress.Parse("192.0.2.1"), 0), [2]);
            _one.Send(AddressOf(_receiver), [3, 3, 3]);
            gone.Dispose();
            batch.Send();
            Receive(_receiver).Should().Equal((_one.Address, 3));
        }
    }

    [Fact]
    public void Both_families_are_sent()
    {
        if (!Socket.OSSupportsIPv6)
            return;
        using var sender = Open(IPAddress.IPv6Loopback);
        using var receiver = Bind(IPAddress.IPv6Loopback);
        using var batch = DatagramBatch.Begin();
        if (batch is null)
            return;
        sender.Send(AddressOf(receiver), [1, 2]);
        _one.Send(AddressOf(_receiver), [1]);
        batch.Send();
        Receive(receiver).Should().Equal((sender.Address, 2));
        Receive(_receiver).Should().Equal((_one.Address, 1));
    }

    [Fact]
    public void A_datagram_that_is_sent_together_with_others_allocates_nothing()
    {
        using var batch = DatagramBatch.Begin();
        if (batch is null)
            return;
        var (to, datagram, buffer) = (AddressOf(_receiver), new byte[172], new byte[2_048]);
        void Round()
        {
            for (var i = 0; i < 5; i++)
                _one.Send(to, datagram);
            batch.Send();
            while (_receiver.Available > 0)
                _receiver.Receive(buffer);
        }

        Round();
        Allocated.By(() =>
        {
            for (var i = 0; i < 50; i++)
                Round();
        }).Should().Be(0);
    }

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
        _receiver.Dispose();
    }
}
