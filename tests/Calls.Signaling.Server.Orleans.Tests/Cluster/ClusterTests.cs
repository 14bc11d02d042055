namespace Calls.Signaling.Server.Orleans.Tests;

[CollectionDefinition(nameof(TestCluster), DisableParallelization = true)]
public sealed class TestClusterCollection;

/// <summary>Three servers and their Redis, all of them processes.</summary>
[Collection(nameof(TestCluster))]
public sealed class ClusterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task B1_B3_caller_and_callee_are_on_different_servers()
    {
        await using var cluster = await TestCluster.StartAsync(ringSeconds: 45);
        await using var pair = new Pair(cluster, "pair", callerNode: 0, calleeNode: 1);
        await pair.ConnectAsync().WaitAsync(Patience);
        await pair.RingAsync().WaitAsync(Patience);
        (await pair.UntilAsync(one => one.IsConnected, Patience)).Should().BeTrue(pair.ToString());
        await pair.Callee.EndAsync();
        (await pair.UntilAsync(one => one.IsTold, Patience)).Should().BeTrue(pair.ToString());
        pair.Ends.Should().Be((1, 1));
    }

    [Fact]
    public async Task B30_both_devices_of_the_callee_are_on_different_servers_and_one_wins()
    {
        await using var cluster = await TestCluster.StartAsync(ringSeconds: 45);
        using var alice = await cluster.ConnectAsync(0, "alice", "a1");
        using var phone = await cluster.ConnectAsync(1, "bob", "b1");
        using var tablet = await cluster.ConnectAsync(2, "bob", "b2");
        var id = CallId.New();
        await alice.SendAsync(new InitiateMessage { CallId = id, Seq = 1, ChatId = "bob", Sdp = "offer" });
        await phone.NextAsync<OfferMessage>();
        await tablet.NextAsync<OfferMessage>();
        var answer = new AnswerMessage { CallId = id, Seq = 1, Sdp = "answer" };
        await Task.WhenAll(phone.SendAsync(answer), tablet.SendAsync(answer));

        var winner = (await alice.NextAsync<AnswerMessage>()).From!.DeviceId;
        (await (winner == "b1" ? tablet : phone).NextAsync<EndMessage>()).Reason.Should().Be(EndReasons.AnsweredElsewhere);
    }

    [Fact]
    public async Task Redis_is_away_for_five_seconds_and_a_call_that_begins_meanwhile_connects()
    {
        await using var cluster = await TestCluster.StartAsync(ringSeconds: 45);
        await using var frozen = new Pair(cluster, "frozen", callerNode: 0, calleeNode: 1);
        await using var talking = new Pair(cluster, "talking", callerNode: 1, calleeNode: 2);
        await Task.WhenAll(frozen.ConnectAsync(), talking.ConnectAsync()).WaitAsync(Patience);
        await talking.RingAsync().WaitAsync(Patience);
        (await talking.UntilAsync(one => one.IsConnected, Patience)).Should().BeTrue(talking.ToString());

        var restarting = cluster.RestartRedisAsync(TimeSpan.FromSeconds(5));
        _ = frozen.RingAsync();
        await restarting;

        (await frozen.UntilAsync(one => one.IsConnected, Patience)).Should().BeTrue(frozen.ToString());
        talking.IsConnected.Should().BeTrue(talking.ToString());
        await Task.WhenAll(frozen.Caller.EndAsync(), talking.Callee.EndAsync());
        foreach (var pair in (Pair[])[frozen, talking])
        {
            (await pair.UntilAsync(one => one.IsTold, Patience)).Should().BeTrue(pair.ToString());
            pair.Ends.Should().Be((1, 1), pair.ToString());
        }
    }

    [Fact]
    public async Task A_rolling_restart_under_load_loses_no_call()
    {
        await using var cluster = await TestCluster.StartAsync(ringSeconds: 45);
        await using var talking = new Pair(cluster, "talking", callerNode: 0, calleeNode: 1);
        await talking.ConnectAsync().WaitAsync(Patience);
        await talking.RingAsync().WaitAsync(Patience);
        (await talking.UntilAsync(one => one.IsConnected, Patience)).Should().BeTrue(talking.ToString());

        var restarting = RestartAllAsync(cluster);
        var calls = 0;
        do
        {
            await using var pair = new Pair(cluster, $"load{++calls}", calls % 3, (calls + 1) % 3);
            await pair.ConnectAsync().WaitAsync(Patience);
            await pair.RingAsync().WaitAsync(Patience);
            (await pair.UntilAsync(one => one.IsConnected, Patience)).Should().BeTrue(pair.ToString());
            await pair.Caller.EndAsync();
            (await pair.UntilAsync(one => one.IsTold, Patience)).Should().BeTrue(pair.ToString());
            pair.Ends.Should().Be((1, 1), pair.ToString());
        }
        while (!restarting.IsCompleted);

        await restarting;
        talking.IsConnected.Should().BeTrue(talking.ToString());
        await talking.Caller.EndAsync();
        (await talking.UntilAsync(one => one.IsTold, Patience)).Should().BeTrue(talking.ToString());
        talking.Ends.Should().Be((1, 1));
    }

    private static async Task RestartAllAsync(TestCluster cluster)
    {
        for (var node = 0; node < 3; node++)
        {
            await cluster.StopAsync(node);
            await cluster.ReplaceAsync(node);
        }
    }
}
