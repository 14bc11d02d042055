using Calls.Media.WebRtc.Audio;

namespace Calls.Media.WebRtc.Tests.Audio;

public class JitterBufferTests
{
    private static readonly TimeSpan Packet = AudioFrame.Duration;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Packets_come_out_in_order_and_what_is_lost_is_told(int seed)
    {
        Random random = new(seed);
        var lost = new HashSet<int>();
        var run = Run(2_000, i => random.Next(100) < 5 && lost.Add(i) ? null : TimeSpan.FromMilliseconds(30 + random.Next(15)));

        run.Played.Should().BeInAscendingOrder();
        run.Played.Should().OnlyHaveUniqueItems();
        run.Played.Count.Should().BeGreaterThan((int)((2_000 - lost.Count) * 0.99));
        run.Buffer.Concealed.Should().BeCloseTo(lost.Count, 25);
        run.Buffer.Late.Should().BeLessThan(20);
    }

    [Fact]
    public void The_delay_follows_how_unevenly_packets_come()
    {
        Random random = new(1);
        Run(1_000, _ => TimeSpan.FromMilliseconds(30)).Buffer.TargetDelay.Should().Be(TimeSpan.FromMilliseconds(20));
        Run(1_000, _ => TimeSpan.FromMilliseconds(30 + random.Next(60))).Buffer.TargetDelay.Should().BeGreaterThan(TimeSpan.FromMilliseconds(60));
        Run(1_000, _ => TimeSpan.FromMilliseconds(random.Next(3_000))).Buffer.TargetDelay.Should().BeLessThanOrEqualTo(TimeSpan.FromMilliseconds(400));
    }

    [Fact]
    public void A_delay_that_is_no_longer_needed_is_given_up()
    {
        Random random = new(1);
        var run = Run(3_000, i => TimeSpan.FromMilliseconds(i < 600 ? 20 + random.Next(200) : 20));
        run.Waits[700].Should().BeGreaterThan(TimeSpan.FromMilliseconds(100));
        run.Waits[2_900].Should().BeLessThan(TimeSpan.FromMilliseconds(90));
        run.Buffer.Skipped.Should().BeInRange(3, 20);
    }

    [Fact]
    public void After_a_pause_of_the_network_it_plays_on()
    {
        // Half a second in which nothing comes; then all of it at once.
        var run = Run(1_000, i => i is > 400 and < 425 ? (425 - i) * Packet + TimeSpan.FromMilliseconds(20) : TimeSpan.FromMilliseconds(20));
        run.Played[^1].Should().Be(999);
        run.Played.Count.Should().BeGreaterThan(960);
        run.Played.Should().BeInAscendingOrder();
    }

    [Fact]
    public void Where_the_sender_sent_nothing_it_is_silent_for_as_long()
    {
        JitterBuffer buffer = new(48_000);
        List<JitterOutput> outputs = [];
        for (var i = 0; i < 60; i++)
        {
            var now = i * Packet;
            // Numbers go on, timestamps leap over ten frames.
            if (i < 20)
                buffer.Add(i, (uint)i * 960, [1], now);
            else if (i >= 30)
                buffer.Add(i - 10, (uint)i * 960, [1], now);
            outputs.Add(buffer.Take(now, out _));
        }

        outputs.Count(output => output == JitterOutput.Packet).Should().BeInRange(46, 50);
        outputs.Skip(35).Should().OnlyContain(output => output == JitterOutput.Packet);
    }

    [Fact]
    public void A_lost_packet_comes_with_the_one_that_follows_it()
    {
        JitterBuffer buffer = new(48_000);
        foreach (var i in (int[])[0, 1, 3, 4])
            buffer.Add(i, (uint)i * 960, [(byte)i], default);
        List<(JitterOutput, byte)> played = [];
        for (var i = 0; i < 4; i++)
            played.Add((buffer.Take(TimeSpan.FromMilliseconds(100), out var payload), payload[0]));
        played.Should().Equal((JitterOutput.Packet, 0), (JitterOutput.Packet, 1), (JitterOutput.Lost, 3), (JitterOutput.Packet, 3));
    }

    [Fact]
    public void Nothing_is_allocated_per_packet_and_nothing_is_wrong_whatever_comes()
    {
        JitterBuffer buffer = new(48_000);
        var payload = new byte[100];
        var now = TimeSpan.Zero;
        for (var i = 0; i < 500; i++)
            buffer.Add(i, (uint)i * 960, payload, now += Packet);
        Random random = new(1);
        Allocated.By(Disorder).Should().Be(0);

        void Disorder()
        {
            for (var i = 0; i < 20_000; i++)
            {
                buffer.Add(random.NextInt64(1L << 33) >> random.Next(33), (uint)random.Next(), payload, now += TimeSpan.FromMilliseconds(random.Next(30)));
                buffer.Add(i, (uint)i * 960, payload, now);
                buffer.Take(now, out _);
            }
        }
    }

    private static (JitterBuffer Buffer, List<int> Played, Dictionary<int, TimeSpan> Waits) Run(int packets, Func<int, TimeSpan?> network)
    {
        JitterBuffer buffer = new(48_000);
        PriorityQueue<int, TimeSpan> way = new();
        Dictionary<int, TimeSpan> arrivals = [], waits = [];
        for (var i = 0; i < packets; i++)
        {
            if (network(i) is { } delay)
                way.Enqueue(i, i * Packet + delay);
        }

        List<int> played = [];
        var payload = new byte[4];
        for (var now = TimeSpan.Zero; now < packets * Packet + TimeSpan.FromSeconds(4); now += Packet)
        {
            while (way.TryPeek(out var i, out var arrival) && arrival <= now)
            {
                BitConverter.TryWriteBytes(payload, i);
                buffer.Add(60_000 + i, (uint)i * 960, payload, arrival);
                arrivals[i] = arrival;
                way.Dequeue();
            }

            if (buffer.Take(now, out var taken) == JitterOutput.Packet)
            {
                var i = BitConverter.ToInt32(taken);
                played.Add(i);
                waits[i] = now - arrivals[i];
            }
        }

        return (buffer, played, waits);
    }
}
