using System.Net;
using System.Net.Sockets;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Stun;
using static Calls.Media.WebRtc.Tests.Ice.Datagrams;

namespace Calls.Media.WebRtc.Tests.Ice;

/// <summary>Where the system cannot read many at once there is no batch, and nothing to say of it. A datagram to oneself is there when it is sent.</summary>
public sealed class ReadingBatchTests : IDisposable
{
    private const uint NotPermitted = 1, Again = 11, NoMemory = 12, Busy = 16;
    private const byte OfMedia = 128, OfSetUp = 1;
    private readonly List<UdpPort> _ports = [];
    private readonly List<(int Port, TransportAddress From, byte[] Data)> _heard = [];
    private readonly Socket _sender = Bind(IPAddress.Loopback);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(ReadingBatch.Most)]
    public void Of_each_port_one_datagram_is_read_also_by_a_system_that_takes_fewer_together(int mostTaken)
    {
        using var batch = ReadingBatch.TryCreate(mostTaken);
        if (batch is null)
            return;
        Open(ReadingBatch.Most);
        for (var round = 1; round <= 10; round++)
            IsReadOnce(batch, round);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(NotPermitted)]
    [InlineData(Again)]
    [InlineData(NoMemory)]
    [InlineData(Busy)]
    public void By_a_ring_that_refuses_later_it_is_read_all_the_same(uint error) => ForbiddenCalls.OnThread(() =>
    {
        using var batch = ReadingBatch.TryCreate();
        if (batch is null)
            return;
        Open(5);
        IsReadOnce(batch, 1);
        if (!ForbiddenCalls.TryForbid(ForbiddenCalls.EnterRing, error))
            return;
        for (var round = 2; round <= 10; round++)
            IsReadOnce(batch, round);
    });

    [Fact]
    public void Where_nothing_is_there_nothing_waits_that_would_take_the_next_one()
    {
        using var batch = ReadingBatch.TryCreate();
        if (batch is null)
            return;
        Open(3);
        for (var round = 0; round < 100; round++)
        {
            ReadAll(batch).Should().OnlyContain(isMedia => isMedia, "nothing is no datagram of a set-up");
            _heard.Should().BeEmpty();
        }

        Send(_ports[1], [OfMedia, 1]);
        batch.Add(_ports[0]);
        batch.Read();
        batch.Clear();
        ReadAll(batch);
        _heard.Should().ContainSingle().Which.Data.Should().Equal(OfMedia, 1);
    }

    [Fact]
    public void It_tells_media_from_what_somebody_waits_for_and_cuts_what_is_too_long()
    {
        using var batch = ReadingBatch.TryCreate();
        if (batch is null)
            return;
        Open(3);
        Send(_ports[0], [OfSetUp]);
        Send(_ports[1], [OfMedia, .. new byte[UdpPort.LongestDatagram + 100]]);
        Send(_ports[2], []);
        ReadAll(batch).Should().Equal(false, true, false);
        _heard.Select(one => one.Data.Length).Should().Equal(1, UdpPort.LongestDatagram, 0);
    }

    [Fact]
    public void Media_is_what_begins_with_64_or_more_and_an_empty_datagram_is_none_whatever_stood_in_its_place()
    {
        using var batch = ReadingBatch.TryCreate();
        if (batch is null)
            return;
        Open(1);
        foreach (var (datagram, isMedia) in new (byte[], bool)[] { ([63], false), ([64], true), ([255], true), ([], false) })
        {
            Send(_ports[0], datagram);
            ReadAll(batch).Should().Equal(isMedia);
        }
    }

    [Fact]
    public void Both_families_are_read()
    {
        using var batch = ReadingBatch.TryCreate();
        if (batch is null || !Socket.OSSupportsIPv6)
            return;
        using var sender = Bind(IPAddress.IPv6Loopback);
        Open(1);
        Open(1, address: IPAddress.IPv6Loopback);
        Send(_ports[0], [1]);
        sender.SendTo([2, 2], _ports[1].Address.ToEndPoint());
        ReadAll(batch);
        _heard.Select(one => (one.From, one.Data.Length)).Should().Equal((AddressOf(_sender), 1), (AddressOf(sender), 2));
    }

    [Fact]
    public void In_the_place_of_a_shorter_address_a_longer_one_is_read_the_next_time()
    {
        using var batch = ReadingBatch.TryCreate();
        if (batch is null || !Socket.OSSupportsIPv6)
            return;
        using var sender = Bind(IPAddress.IPv6Loopback);
        Open(1);
        Send(_ports[0], [1]);
        ReadAll(batch);
        _ports[0].Dispose();
        Open(1, address: IPAddress.IPv6Loopback);
        sender.SendTo([2, 2], _ports[1].Address.ToEndPoint());
        ReadAll(batch);
        _heard.Select(one => one.From).Should().Equal(AddressOf(_sender), AddressOf(sender));
    }

    [Fact]
    public void A_port_that_is_closed_before_or_by_another_of_the_batch_hears_nothing()
    {
        using var batch = ReadingBatch.TryCreate();
        if (batch is null)
            return;
        Open(1, handled: () => _ports[2].Dispose());
        Open(3);
        foreach (var port in _ports)
            Send(port, [OfMedia]);
        _ports[1].Dispose();
        ReadAll(batch).Should().HaveCount(3);
        _heard.Select(one => one.Port).Should().Equal(0, 3);
    }

    [Fact]
    public void A_handler_that_throws_costs_its_own_datagram_only()
    {
        using var batch = ReadingBatch.TryCreate();
        if (batch is null)
            return;
        Open(1, handled: () => throw new ObjectDisposedException("of the handler's own"));
        Open(2);
        for (var round = 0; round < 2; round++)
        {
            foreach (var port in _ports)
                Send(port, [OfMedia]);
            ReadAll(batch).Should().Equal(true, true, true);
        }

        _heard.Select(one => one.Port).Should().Equal(0, 1, 2, 0, 1, 2);
    }

    [Fact]
    public void A_datagram_that_is_read_together_with_others_allocates_nothing()
    {
        using var batch = ReadingBatch.TryCreate();
        if (batch is null)
            return;
        for (var i = 0; i < 5; i++)
            _ports.Add(UdpPort.TryOpen(IPAddress.Loopback, (_, _) => { })!);
        var (datagram, addresses) = (new byte[172], _ports.Select(port => port.Address.ToEndPoint().Serialize()).ToArray());
        void Round()
        {
            foreach (var address in addresses)
                _sender.SendTo(datagram, SocketFlags.None, address);
            foreach (var port in _ports)
                batch.Add(port);
            batch.Read();
            for (var i = 0; i < batch.Count; i++)
                batch.Handle(i);
            batch.Clear();
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
        _ports.ForEach(port => port.Dispose());
        _sender.Dispose();
    }

    private void Open(int count, Action? handled = null, IPAddress? address = null)
    {
        for (var i = 0; i < count; i++)
        {
            var number = _ports.Count;
            _ports.Add(UdpPort.TryOpen(address ?? IPAddress.Loopback, (from, datagram) =>
            {
                _heard.Add((number, from, datagram.ToArray()));
                handled?.Invoke();
            })!);
        }
    }

    private void Send(UdpPort port, byte[] datagram) => _sender.SendTo(datagram, port.Address.ToEndPoint());

    private List<bool> ReadAll(ReadingBatch batch)
    {
        foreach (var port in _ports)
            batch.Add(port);
        batch.Read();
        List<bool> areMedia = [];
        for (var i = 0; i < batch.Count; i++)
            areMedia.Add(batch.Handle(i));
        batch.Clear();
        return areMedia;
    }

    /// <summary>Of two datagrams at each port the first, and then the second.</summary>
    private void IsReadOnce(ReadingBatch batch, int round)
    {
        for (var i = 0; i < 2; i++)
        {
            foreach (var port in _ports)
                Send(port, [OfMedia, .. new byte[round + i]]);
        }

        for (var i = 0; i < 2; i++)
        {
            _heard.Clear();
            ReadAll(batch).Should().OnlyContain(isMedia => isMedia);
            _heard.Should().HaveCount(_ports.Count);
            _heard.Select(one => (one.Port, one.From, one.Data.Length)).Should().Equal(Enumerable.Range(0, _ports.Count).Select(port => (port, AddressOf(_sender), round + i + 1)));
        }

        _heard.Clear();
        ReadAll(batch);
        _heard.Should().BeEmpty("each is read once");
    }
}
