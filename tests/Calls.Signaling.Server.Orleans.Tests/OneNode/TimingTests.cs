using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>X10 by the clock, on a silo: a call there asks the user whom it rings, and writes that he is rung.</summary>
[Collection(nameof(TestCluster))]
public sealed class TimingTests(ITestOutputHelper output) : TimingCases
{
    [Theory]
    [InlineData(false, Lookalikes.Absent, Lookalikes.Unknown, Lookalikes.Blocking, Lookalikes.BlockingAndOnline)]
    [InlineData(true, Lookalikes.Absent, Lookalikes.Unknown, Lookalikes.Blocking)]
    public async Task X10_absent_unknown_and_blocking_users_take_the_caller_the_same_time(bool areNew, params string[] kinds)
    {
        await using var node = await OneNode.StartAsync(
            configure: Lookalikes.Allow, plug: signaling => signaling.Services.AddSingleton<ICallDirectory>(new Lookalikes()));

        var (first, end) = await MeasureAsync(node, kinds, areNew);

        output.WriteLine($"first: {first}\nend: {end}");
        first.Deviation.Should().BeLessThan(Bound, first.ToString());
        end.Deviation.Should().BeLessThan(Bound, end.ToString());
    }
}
