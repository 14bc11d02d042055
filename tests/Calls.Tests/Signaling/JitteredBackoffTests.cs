using Calls.Signaling;

namespace Calls.Tests.Signaling;

public sealed class JitteredBackoffTests
{
    private static readonly Exception Cause = new SignalingException();

    [Fact]
    public void The_first_wait_is_half_a_second_at_most_and_none_is_longer_than_ten()
    {
        var backoff = new JitteredBackoff(random: new Random(7));

        for (var round = 0; round < 1000; round++)
        {
            backoff.NextDelay(new(1, default, Cause)).Should().BeGreaterThanOrEqualTo(TimeSpan.Zero).And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(0.5));
            backoff.NextDelay(new(round + 1, default, Cause)).Should().BeGreaterThanOrEqualTo(TimeSpan.Zero).And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public void It_is_endless()
    {
        var backoff = new JitteredBackoff();

        backoff.NextDelay(new(int.MaxValue, TimeSpan.FromDays(365), Cause)).Should().NotBeNull();
        backoff.Ceiling(int.MaxValue).Should().Be(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void The_jitter_is_full_so_that_clients_spread_over_the_whole_wait()
    {
        var backoff = new JitteredBackoff(random: new Random(7));

        var waits = Enumerable.Range(0, 10_000).Select(_ => backoff.NextDelay(new(10, default, Cause))!.Value.TotalSeconds).ToArray();

        for (var second = 0; second < 10; second++)
            waits.Count(wait => wait >= second && wait < second + 1).Should().BeInRange(900, 1100);
    }

    [Fact]
    public void The_same_seed_gives_the_same_waits()
    {
        var one = new JitteredBackoff(random: new Random(42));
        var other = new JitteredBackoff(random: new Random(42));

        for (var number = 1; number < 100; number++)
            one.NextDelay(new(number, default, Cause)).Should().Be(other.NextDelay(new(number, default, Cause)));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(61, 70)]
    [InlineData(5, 4)]
    [InlineData(1, 3601)]
    public void A_wait_outside_its_range_is_refused(double initial, double longest)
    {
        var act = () => new JitteredBackoff(TimeSpan.FromSeconds(initial), TimeSpan.FromSeconds(longest));

        act.Should().Throw<ArgumentOutOfRangeException>();
    }
}
