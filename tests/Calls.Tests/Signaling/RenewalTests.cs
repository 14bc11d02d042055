using Calls.Signaling;

namespace Calls.Tests.Signaling;

public sealed class RenewalTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(0.0, 0.7)]
    [InlineData(1.0, 0.9)]
    public void The_wait_is_70_to_90_percent_of_the_lifetime(double jitter, double share)
        => Renewal.After(Lifetime, jitter)!.Value.TotalSeconds.Should().BeApproximately(Lifetime.TotalSeconds * share, 1e-6);

    [Fact]
    public void What_lives_a_few_seconds_only_is_not_renewed() => Renewal.After(TimeSpan.FromSeconds(9), 0).Should().BeNull();
}
