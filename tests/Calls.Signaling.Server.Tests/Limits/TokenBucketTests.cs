using Microsoft.Extensions.Time.Testing;

namespace Calls.Signaling.Server.Tests;

public sealed class TokenBucketTests
{
    private static readonly TokenRate TwoASecond = new(PerSecond: 2, Burst: 3);

    [Fact]
    public void A_burst_passes_then_the_rate_and_the_wait_is_exact()
    {
        var bucket = new TokenBucket(3, TimeSpan.Zero);
        for (var i = 0; i < 3; i++)
            TokenBucket.TryTake(ref bucket, TwoASecond, TimeSpan.Zero, out _).Should().BeTrue();
        TokenBucket.TryTake(ref bucket, TwoASecond, TimeSpan.Zero, out var wait).Should().BeFalse();
        wait.Should().Be(TimeSpan.FromSeconds(0.5));
        TokenBucket.TryTake(ref bucket, TwoASecond, wait, out _).Should().BeTrue();
        TokenBucket.TryTake(ref bucket, TwoASecond, wait, out _).Should().BeFalse();
    }

    [Fact]
    public void A_rest_fills_the_bucket_and_no_more()
    {
        var bucket = new TokenBucket(0, TimeSpan.Zero);
        for (var i = 0; i < 3; i++)
            TokenBucket.TryTake(ref bucket, TwoASecond, TimeSpan.FromHours(1), out _).Should().BeTrue();
        TokenBucket.TryTake(ref bucket, TwoASecond, TimeSpan.FromHours(1), out _).Should().BeFalse();
    }

    [Fact]
    public void Keys_have_buckets_of_their_own_and_full_ones_are_forgotten()
    {
        var time = new FakeTimeProvider();
        var limit = new KeyedRateLimit<int>(TwoASecond, time);
        for (var key = 0; key < 1024; key++)
            limit.TryTake(key, out _).Should().BeTrue();
        limit.Count.Should().Be(1024);
        time.Advance(TimeSpan.FromSeconds(1));
        limit.TryTake(-1, out _);
        limit.Count.Should().Be(1);
    }

    [Fact]
    public void Who_has_a_bucket_in_hand_that_was_forgotten_takes_from_the_one_of_all_others()
    {
        var time = new FakeTimeProvider();
        var limit = new KeyedRateLimit<int>(TwoASecond, time);
        RateBucket? inHand = null;
        limit.TryTake(0, time.GetTimestamp(), ref inHand, out _).Should().BeTrue();
        limit.TryTake(0, time.GetTimestamp(), ref inHand, out _).Should().BeTrue();
        time.Advance(TimeSpan.FromSeconds(1));
        for (var key = 1; key <= 1024; key++)
            limit.TryTake(key, out _);
        limit.Count.Should().Be(1024, "the first was full and is forgotten");

        var taken = 0;
        for (var i = 0; i < 4; i++)
            taken += (limit.TryTake(0, time.GetTimestamp(), ref inHand, out _) ? 1 : 0) + (limit.TryTake(0, out _) ? 1 : 0);

        taken.Should().Be(3, "that is the burst, whoever takes it");
    }
}
