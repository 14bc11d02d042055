using Calls.Media.WebRtc.Audio;

namespace Calls.Media.WebRtc.Tests.Audio;

/// <summary>It finds in one pass what a sort of the last packets finds.</summary>
public class DelayEstimateTests
{
    private const int Renewal = 16;

    [Fact]
    public void Whatever_comes_it_is_what_a_sort_of_the_last_packets_finds()
        => Fuzz.Run(share: 200, (random, _) =>
        {
            Watched estimate = new(random.Next(2) == 0 ? 8_000 : 48_000, random.Next());
            // Few values make equal ones, and many none; now and then the network, or the sender's clock, is another.
            var (kinds, slope) = (1 + random.Next(400), random.Next(-3, 4));
            for (var i = 0; i < 1_200; i++)
            {
                if (random.Next(300) == 0)
                    (kinds, slope) = (1 + random.Next(400), random.Next(-3, 4));
                estimate.Arrives(TimeSpan.FromMilliseconds(random.Next(kinds) + 0.1 * slope * i));
            }
        });

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(0)]
    public void So_it_is_where_each_packet_comes_later_or_earlier_than_the_one_before_or_all_alike(int step)
    {
        Watched estimate = new(8_000, 0);
        for (var i = 0; i < 4 * DelayEstimate.Count; i++)
            estimate.Arrives(TimeSpan.FromMilliseconds(step * i));
    }

    [Theory]
    [InlineData(7, 20)]
    [InlineData(8, 110)]
    [InlineData(9, 110)]
    public void Of_the_last_256_packets_the_eight_latest_decide_and_half_a_packet_is_added(int late, int expected)
    {
        Watched estimate = new(8_000, 0);
        for (var i = 0; i < DelayEstimate.Count; i++)
            estimate.Arrives(TimeSpan.FromMilliseconds(i % 25 == 3 && i / 25 < late ? 100 : 0));
        estimate.Target.Should().Be(TimeSpan.FromMilliseconds(expected));
    }

    [Fact]
    public void What_is_longer_ago_is_forgotten_the_fastest_too()
    {
        Watched estimate = new(48_000, 0);
        estimate.Arrives(TimeSpan.Zero);
        for (var i = 1; i < DelayEstimate.Count; i++)
            estimate.Arrives(TimeSpan.FromMilliseconds(150));
        estimate.Target.Should().Be(TimeSpan.FromMilliseconds(160));
        for (var i = 0; i < Renewal; i++)
            estimate.Arrives(TimeSpan.FromMilliseconds(150));
        estimate.Target.Should().Be(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void Before_sixteen_packets_came_it_is_40_ms_and_it_is_never_below_20_or_above_400()
    {
        Watched estimate = new(8_000, 0);
        for (var i = 1; i < Renewal; i++)
            estimate.Arrives(TimeSpan.FromSeconds(i));
        estimate.Target.Should().Be(TimeSpan.FromMilliseconds(40));
        estimate.Arrives(TimeSpan.Zero);
        estimate.Target.Should().Be(TimeSpan.FromMilliseconds(400));
        for (var i = 0; i < DelayEstimate.Count; i++)
            estimate.Arrives(TimeSpan.FromMilliseconds(1));
        estimate.Target.Should().Be(TimeSpan.FromMilliseconds(20));
    }

    /// <summary>Packets of 20 ms, each of which is as late as is said; after each of them the estimate is compared with that of a sort.</summary>
    private sealed class Watched(int clockRate, long firstTimestamp)
    {
        private readonly DelayEstimate _estimate = new(clockRate);
        private readonly List<long> _delays = [];

        public TimeSpan Target => _estimate.Target;

        public void Arrives(TimeSpan late)
        {
            var sent = _delays.Count * AudioFrame.Duration;
            _delays.Add(late.Ticks);
            var before = Target;
            _estimate.Arrived(firstTimestamp + _delays.Count * (clockRate / 50L), TimeSpan.FromHours(1) + sent + late);
            if (Target != (_delays.Count % Renewal == 0 ? Sorted() : before))
                Target.Should().Be(_delays.Count % Renewal == 0 ? Sorted() : before, "it is so after {0} packets", _delays.Count);
        }

        private TimeSpan Sorted()
        {
            long[] last = [.. _delays.TakeLast(DelayEstimate.Count).Order()];
            var target = TimeSpan.FromTicks(last[last.Length * 97 / 100] - last[0]) + AudioFrame.Duration / 2;
            return TimeSpan.FromTicks(Math.Clamp(target.Ticks, TimeSpan.FromMilliseconds(20).Ticks, TimeSpan.FromMilliseconds(400).Ticks));
        }
    }
}
