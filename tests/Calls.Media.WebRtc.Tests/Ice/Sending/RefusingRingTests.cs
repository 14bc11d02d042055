using System.Net;
using System.Net.Sockets;
using Calls.Media.WebRtc.Beat;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Tests.Session;
using static Calls.Media.WebRtc.Tests.Ice.Datagrams;

namespace Calls.Media.WebRtc.Tests.Ice;

/// <summary>The system forbids the ring, refuses it later, or takes less than it is given: each datagram is sent all the same, in order and once.</summary>
public sealed class RefusingRingTests : IDisposable
{
    private const uint NotPermitted = 1, Interrupted = 4, Again = 11, NoMemory = 12, Busy = 16, NoSuchCall = 38;
    private readonly UdpPort _one = Open(IPAddress.Loopback), _other = Open(IPAddress.Loopback);
    private readonly Socket _receiver = Bind(IPAddress.Loopback);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(DatagramBatch.Most - 1)]
    public void What_it_does_not_take_is_sent_without_it(int mostTaken)
    {
        using var batch = DatagramBatch.Begin(mostTaken);
        if (batch is null)
            return;
        for (var round = 0; round < 100; round++)
            IsSentOnce(batch, count: 1 + round % DatagramBatch.Most);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(NotPermitted)]
    [InlineData(Interrupted)]
    [InlineData(Again)]
    [InlineData(NoMemory)]
    [InlineData(Busy)]
    public void One_that_refuses_later_sends_as_without_it(uint error) => ForbiddenCalls.OnThread(() =>
    {
        using var batch = DatagramBatch.Begin();
        if (batch is null)
            return;
        IsSentOnce(batch, DatagramBatch.Most);
        if (!ForbiddenCalls.TryForbid(ForbiddenCalls.EnterRing, error))
            return;
        for (var round = 0; round < 100; round++)
            IsSentOnce(batch, count: 1 + round % DatagramBatch.Most);
    });

    [Theory]
    [InlineData(NotPermitted)]
    [InlineData(NoMemory)]
    [InlineData(NoSuchCall)]
    public void Where_it_is_forbidden_the_beat_sends_at_once(uint error) => ForbiddenCalls.OnThread(() =>
    {
        if (!ForbiddenCalls.TryForbid(ForbiddenCalls.SetUpRing, error))
            return;
        DatagramBatch.Begin().Should().BeNull();
        DatagramBatch.Current.Should().BeNull();
        const int count = 50;
        var (sent, hasBatch, to) = (0, false, AddressOf(_receiver));
        BeatThread beat = new(() =>
        {
            hasBatch |= DatagramBatch.Current is not null;
            if (sent < count)
                _one.Send(to, new byte[++sent]);
            return TimeSpan.FromMilliseconds(1);
        });
        beat.Begin();
        List<int> received = [];
        // Nothing is awaited here: the pool would start threads that have lost the call, too.
        SpinWait.SpinUntil(() =>
        {
            received.AddRange(Receive(_receiver).Select(one => one.Length));
            return received.Count >= count;
        }, EngineCall.Patience).Should().BeTrue("all arrive");
        beat.Rest();
        received.Should().Equal(Enumerable.Range(1, count), "each is sent once, and in order");
        hasBatch.Should().BeFalse();
    });

    /// <summary>Of two ports in turn: those that a ring takes leave by it, and the others behind them.</summary>
    private void IsSentOnce(DatagramBatch batch, int count)
    {
        var (to, ports) = (AddressOf(_receiver), new[] { _one, _other });
        for (var i = 0; i < count; i++)
            ports[i % 2].Send(to, new byte[i + 1]);
        batch.Send();
        Receive(_receiver).Should().Equal(Enumerable.Range(0, count).Select(i => (ports[i % 2].Address, i + 1)));
    }

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
        _receiver.Dispose();
    }
}
