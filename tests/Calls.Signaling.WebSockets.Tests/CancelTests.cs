namespace Calls.Signaling.WebSockets.Tests;

public sealed class CancelTests
{
    [Fact]
    public async Task A_token_that_is_cancelled_already_starts_nothing()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);

        await rig.Channel.Invoking(channel => channel.ConnectAsync(new CancellationToken(true))).Should().ThrowAsync<OperationCanceledException>();

        rig.Statuses.States().Should().Equal(ChannelState.Disconnected);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("stubborn token")]
    [InlineData("handshake")]
    [InlineData("back-off")]
    public async Task A_cancel_leaves_the_channel_disconnected_and_a_later_connect_works(string phase)
    {
        await using var server = await ScriptedServer.StartedAsync();
        var time = new RecordingTime();
        var asked = new TaskCompletionSource();
        var never = phase.EndsWith("token", StringComparison.Ordinal) ? new TaskCompletionSource<string?>() : null;
        await using var rig = new Rig(server.Url, options =>
        {
            options.ReconnectPolicy = new JitteredBackoff();
            options.AccessTokenProvider = async cancellationToken =>
            {
                asked.TrySetResult();
                return never is null ? null : await (phase == "token" ? never.Task.WaitAsync(cancellationToken) : never.Task);
            };
        }, time);
        if (phase == "handshake")
            server.Gate = new TaskCompletionSource();
        if (phase == "back-off")
            server.RefuseWith = 503;
        using var cancel = new CancellationTokenSource();

        var connecting = rig.Channel.ConnectAsync(cancel.Token);
        await asked.Task.InTime();
        if (phase == "handshake")
            await server.RequestAsync();
        if (phase == "back-off")
            await rig.Statuses.UntilAsync(status => status.Error is not null);
        await cancel.CancelAsync();
        await connecting.Invoking(task => task.InTime()).Should().ThrowAsync<OperationCanceledException>();

        rig.Statuses.All[^1].Should().Be(new ChannelStatus(ChannelState.Disconnected));
        time.Alive.Should().Be(0, "nothing is left behind");
        server.Gate?.SetResult();
        (server.Gate, server.RefuseWith, never) = (null, null, null);
        await rig.Channel.ConnectAsync().InTime();
        await rig.Statuses.UntilAsync(ChannelState.Connected);
    }

    [Fact]
    public async Task A_cancel_by_one_of_two_leaves_the_other_waiting_for_the_same_connection()
    {
        await using var server = await ScriptedServer.StartedAsync();
        server.Gate = new TaskCompletionSource();
        await using var rig = new Rig(server.Url);
        using var cancel = new CancellationTokenSource();

        var one = rig.Channel.ConnectAsync(cancel.Token);
        var other = rig.Channel.ConnectAsync();
        await server.RequestAsync();
        await cancel.CancelAsync();
        await one.Invoking(task => task.InTime()).Should().ThrowAsync<OperationCanceledException>();
        server.Gate.SetResult();

        await other.InTime();
        server.RequestsLeft.Should().Be(0);
        rig.Statuses.States().Should().NotContain(ChannelState.Reconnecting);
    }

    [Fact]
    public async Task A_cancel_after_the_connection_was_up_stops_no_reconnect()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        await rig.ConnectedAsync(server);
        await server.StopAsync();
        await rig.Statuses.UntilAsync(ChannelState.Reconnecting);
        using var cancel = new CancellationTokenSource();

        var waiting = rig.Channel.ConnectAsync(cancel.Token);
        await cancel.CancelAsync();
        await waiting.Invoking(task => task.InTime()).Should().ThrowAsync<OperationCanceledException>();
        await server.StartAsync();

        await rig.Statuses.UntilAsync(ChannelState.Connected);
    }

    [Fact]
    public async Task A_hundred_cancels_at_any_moment_leave_a_channel_that_works()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var random = new Random(11);

        for (var i = 0; i < 100 && rig.Statuses.All[^1].State != ChannelState.Connected; i++)
        {
            using var cancel = new CancellationTokenSource();
            var connecting = rig.Channel.ConnectAsync(cancel.Token);
            for (var step = random.Next(50); step > 0; step--)
                await Task.Yield();
            await cancel.CancelAsync();
            await connecting.InTime().ContinueWith(_ => { }, TaskScheduler.Default);
        }

        await rig.Channel.ConnectAsync().InTime();
        rig.Statuses.All[^1].State.Should().Be(ChannelState.Connected);
    }
}
