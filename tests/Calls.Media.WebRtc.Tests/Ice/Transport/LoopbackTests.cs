using Calls.Media.WebRtc.Ice;

namespace Calls.Media.WebRtc.Tests.Ice;

public class LoopbackTests
{
    [Fact]
    public async Task Two_transports_connect_and_exchange_packets()
    {
        using TransportPair pair = new();
        await pair.ConnectAsync();

        await pair.First.SendAsync([20, 1, 2, 3]);
        await pair.Second.SendAsync([128, 1, 2, 3]);

        pair.First.Transport.Statistics!.IsRelayed.Should().BeFalse();
        pair.First.Transport.Statistics!.RoundTripTime.Should().BeLessThan(TimeSpan.FromSeconds(1));
        pair.First.Transport.State.Should().Be(IceState.Connected);
        pair.First.Told.Should().OnlyContain(line => line.Contains("typ host", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_way_is_found_within_milliseconds()
    {
        List<TimeSpan> times = [];
        for (var i = 0; i < 50; i++)
        {
            using TransportPair pair = new();
            times.Add(await pair.ConnectAsync());
        }

        times.Sort();
        // The checks themselves take a round trip; a machine that is busy with other things gets ten times that.
        times[25].Should().BeLessThan(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task B33_A_restart_on_real_sockets_keeps_the_packets_going()
    {
        using TransportPair pair = new();
        await pair.ConnectAsync();
        var old = pair.First.Transport.LocalCredentials;

        var mine = pair.First.Transport.Restart();
        await pair.First.SendAsync([20, 9]);
        var theirs = pair.Second.Transport.Restart();
        pair.First.Transport.SetRemoteCredentials(theirs);
        pair.Second.Transport.SetRemoteCredentials(mine);

        await pair.First.SendAsync([20, 1]);
        await pair.Second.SendAsync([20, 2]);
        mine.Should().NotBe(old);
        pair.First.Told.Should().Contain(line => line.EndsWith($"ufrag {mine.Ufrag}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task News_that_a_datagram_brings_are_told_on_another_thread_than_the_one_that_reads_for_all()
    {
        for (var i = 0; i < 10; i++)
        {
            using TransportPair pair = new();
            await pair.ConnectAsync();
            pair.First.Tellers.Concat(pair.Second.Tellers).Should().NotBeEmpty().And.NotContain(DatagramReader.ThreadName);
        }
    }

    [Fact]
    public async Task A_packet_from_a_stranger_is_not_heard()
    {
        using TransportPair pair = new();
        await pair.ConnectAsync();
        var heard = 0;
        pair.First.PacketHeard = () => Interlocked.Increment(ref heard);
        CandidateText.Read(pair.First.Told[^1], out var address, out _);
        using System.Net.Sockets.UdpClient stranger = new(address!.Address.ToEndPoint().AddressFamily);
        for (var i = 0; i < 20; i++)
            await stranger.SendAsync(new byte[] { 128, 6, 6, 6 }, address.Address.ToEndPoint());

        await pair.Second.SendAsync([128, 1]);

        heard.Should().BeGreaterThan(0).And.BeLessThan(20);
    }

    [Fact]
    public async Task Gathering_ends_where_no_server_is_asked()
    {
        using TransportPair pair = new();
        pair.First.Transport.StartGathering();
        await pair.First.Ended.Task.WaitAsync(TransportPair.Patience);
        pair.First.Told.Should().NotBeEmpty().And.OnlyContain(line => line.Contains("typ host", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_transport_may_be_disposed_of_at_any_time_and_twice()
    {
        for (var i = 0; i < 50; i++)
        {
            TransportPair pair = new();
            var connecting = pair.ConnectAsync();
            for (var spins = 0; spins < i * 2; spins++)
                await Task.Yield();
            pair.Dispose();
            pair.Dispose();
            pair.First.Transport.Send([20]).Should().BeFalse();
            pair.First.Transport.AddRemoteCandidate("candidate:1 1 udp 1 127.0.0.1 9 typ host").Should().BeFalse();
            _ = connecting.ContinueWith(static done => done.Exception, TaskScheduler.Default);
        }
    }

    [Fact]
    public async Task In_steady_state_a_packet_allocates_nothing()
    {
        using TransportPair pair = new();
        await pair.ConnectAsync();
        var count = 0;
        pair.Second.PacketHeard = () => Interlocked.Increment(ref count);
        var packet = new byte[200];
        packet[0] = 128;
        Send(500);

        Allocated.By(() => Send(2000)).Should().BeLessThan(2000 * 2, "what the sending thread allocates is not per packet");

        void Send(int packets)
        {
            for (var i = 0; i < packets; i++)
                pair.First.Transport.Send(packet);
        }
    }
}
