using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Calls.Signaling.Server.Tests;

/// <summary>X10 by the clock, on one server with its calls in memory.</summary>
[Collection(nameof(TimingTests))]
public sealed class TimingTests(ITestOutputHelper output) : TimingCases
{
    [Theory]
    [InlineData(false, Lookalikes.Absent, Lookalikes.Unknown, Lookalikes.Blocking, Lookalikes.BlockingAndOnline)]
    [InlineData(true, Lookalikes.Absent, Lookalikes.Unknown, Lookalikes.Blocking)]
    public async Task X10_absent_unknown_and_blocking_users_take_the_caller_the_same_time(bool areNew, params string[] kinds)
    {
        await using var server = await StartAsync(new Lookalikes());

        var (first, end) = await MeasureAsync(server, kinds, areNew);

        output.WriteLine($"first: {first}\nend: {end}");
        first.Deviation.Should().BeLessThan(Bound, first.ToString());
        end.Deviation.Should().BeLessThan(Bound, end.ToString());
    }

    [Theory]
    [InlineData(Lookalikes.Absent)]
    [InlineData(Lookalikes.Unknown)]
    [InlineData(Lookalikes.Blocking)]
    public async Task A_kind_for_which_it_is_looked_two_milliseconds_longer_would_be_seen(string slow)
    {
        await using var server = await StartAsync(new Lookalikes(slow));

        var (first, _) = await MeasureAsync(server, [Lookalikes.Absent, Lookalikes.Unknown, Lookalikes.BlockingAndOnline], areNew: false);

        output.WriteLine($"first: {first}");
        first.Deviation.Should().BeGreaterThan(2 * Bound, first.ToString());
    }

    private static Task<SignalingServer> StartAsync(Lookalikes people) => SignalingServer.StartAsync(
        Lookalikes.Allow, signaling => signaling.Services.AddSingleton<ICallDirectory>(people), TimeProvider.System);
}

/// <summary>What takes times has the machine for itself.</summary>
[CollectionDefinition(nameof(TimingTests), DisableParallelization = true)]
public sealed class TimingCollection;
