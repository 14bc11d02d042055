using System.Globalization;
using Xunit.Abstractions;

namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>B42: one of three servers is killed. CALLS_KILL_RUNS says how many calls meet it; CALLS_KILL_SEED where the choice begins.</summary>
[Collection(nameof(TestCluster))]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int CallsAKill = 10;
    private const int LastBoundary = 16;
    private static readonly TimeSpan Ring = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Agreement = Ring + TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task B42_a_server_is_killed_at_any_message_of_a_set_up_and_both_sides_agree()
    {
        var runs = Setting("CALLS_KILL_RUNS", 200);
        var seed = Setting("CALLS_KILL_SEED", 1);
        ThreadPool.SetMinThreads(64, 64);
        await using var cluster = await TestCluster.StartAsync(Ring.TotalSeconds);
        Tally tally = new();
        for (var first = 0; first < runs; first += CallsAKill)
            await KillOnceAsync(cluster, seed + first, Math.Min(CallsAKill, runs - first), tally);

        output.WriteLine(tally.ToString());
        Console.WriteLine(tally);
        tally.ToString().Should().Be($"runs={runs} lost=0 doubled=0 disagreed=0", string.Join('\n', tally.Stories));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task B42_a_server_is_killed_while_ringing_and_the_ring_time_still_ends_the_call_once(int victim)
    {
        await using var cluster = await TestCluster.StartAsync(Ring.TotalSeconds);
        await using var pair = new Pair(cluster, "ring", callerNode: 0, calleeNode: 1, accepts: false);
        await pair.ConnectAsync().WaitAsync(Patience);
        await pair.RingAsync().WaitAsync(Patience);
        (await pair.UntilAsync(one => one.Callee.Current.State == CallState.IncomingRinging && one.Caller.Current.IsPeerRinging, Patience))
            .Should().BeTrue(pair.ToString());

        cluster.Kill(victim);

        (await pair.UntilAsync(one => one.IsTold, Agreement)).Should().BeTrue(pair.ToString());
        pair.Ends.Should().Be((1, 1));
        pair.Caller.Current.End!.Reason.Should().Be(CallEndReason.NoAnswer);
        pair.Callee.Current.End!.Reason.Should().Be(CallEndReason.NoAnswer);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task B42_a_server_is_killed_while_two_talk_and_they_talk_on_and_are_heard_again(int victim)
    {
        await using var cluster = await TestCluster.StartAsync(Ring.TotalSeconds);
        await using var pair = new Pair(cluster, "talk", callerNode: 0, calleeNode: 1);
        await pair.ConnectAsync().WaitAsync(Patience);
        await pair.RingAsync().WaitAsync(Patience);
        (await pair.UntilAsync(one => one.IsConnected, Patience)).Should().BeTrue(pair.ToString());

        cluster.Kill(victim);
        await pair.Caller.ToggleMuteAsync();
        await pair.Callee.ToggleMuteAsync();

        (await pair.UntilAsync(one => one.Callee.Current.IsPeerMuted && one.Caller.Current.IsPeerMuted, Patience)).Should().BeTrue(pair.ToString());
        pair.IsConnected.Should().BeTrue(pair.ToString());
        pair.Ends.Should().Be((0, 0));
        await pair.Callee.EndAsync();
        (await pair.UntilAsync(one => one.IsTold, Patience)).Should().BeTrue(pair.ToString());
        pair.Ends.Should().Be((1, 1));
        pair.Caller.Current.End!.Reason.Should().Be(CallEndReason.HungUp);
    }

    private static int Setting(string name, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;

    private static async Task KillOnceAsync(TestCluster cluster, int seed, int calls, Tally tally)
    {
        Random random = new(seed);
        var victim = random.Next(3);
        List<(Pair Pair, Boundary Boundary)> all = [];
        for (var i = 0; i < calls; i++)
        {
            var caller = random.Next(3);
            Boundary boundary = new(random.Next(1, LastBoundary + 1));
            all.Add((new Pair(cluster, $"s{seed}n{i}", caller, (caller + random.Next(1, 3)) % 3, boundary), boundary));
        }

        await Task.WhenAll(all.Select(one => one.Pair.ConnectAsync())).WaitAsync(Patience);
        await Task.WhenAll(all.Select(one => ReachAsync(one.Pair, one.Boundary)));
        cluster.Kill(victim);
        var replacing = cluster.ReplaceAsync(victim);
        all.ForEach(one => one.Boundary.Open());
        await Task.WhenAll(all.Select(one => SettleAsync(one.Pair, tally)));
        foreach (var (pair, _) in all)
            await pair.DisposeAsync();
        await replacing;
    }

    /// <summary>The call goes as far as its boundary, or to the end of its set-up.</summary>
    private static async Task ReachAsync(Pair pair, Boundary boundary)
    {
        _ = pair.RingAsync();
        await Task.WhenAny(boundary.Reached, pair.UntilAsync(one => one.IsConnected, Agreement));
    }

    private static async Task SettleAsync(Pair pair, Tally tally)
    {
        var agreed = await pair.UntilAsync(one => one.IsConnected || (one.IsOver && one.Ends.Caller > 0), Agreement);
        var story = pair.ToString();
        if (pair.IsConnected)
        {
            await pair.Caller.EndAsync();
            await pair.UntilAsync(one => one.IsTold, Agreement);
        }

        tally.Count(pair, agreed, story);
    }

    private sealed class Tally
    {
        private int _runs, _lost, _doubled, _disagreed;

        public List<string> Stories { get; } = [];

        public void Count(Pair pair, bool agreed, string story)
        {
            lock (Stories)
            {
                var (caller, callee) = pair.Ends;
                var heard = pair.Callee.Current.IsActive || callee > 0;
                _runs++;
                _disagreed += agreed ? 0 : 1;
                _lost += caller == 0 || pair.Caller.Current.IsActive || pair.Callee.Current.IsActive || (heard && callee == 0) ? 1 : 0;
                _doubled += caller > 1 || callee > 1 ? 1 : 0;
                Stories.Add($"{story} => {pair}");
            }
        }

        public override string ToString() => $"runs={_runs} lost={_lost} doubled={_doubled} disagreed={_disagreed}";
    }
}
