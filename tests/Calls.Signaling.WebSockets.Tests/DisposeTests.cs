using System.Net.WebSockets;

namespace Calls.Signaling.WebSockets.Tests;

public sealed class DisposeTests
{
    public static TheoryData<string> Phases => new("new", "token", "handshake", "back-off", "connected", "reconnecting", "refused", "cancelled");

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task B47_dispose_in_each_phase_twice_and_in_parallel_is_clean(string phase)
    {
        await using var server = await ScriptedServer.StartedAsync();
        var time = new RecordingTime();
        var asked = new TaskCompletionSource();
        await using var rig = new Rig(server.Url, options =>
        {
            options.ReconnectPolicy = new JitteredBackoff();
            if (phase == "token")
            {
                options.AccessTokenProvider = _ =>
                {
                    asked.TrySetResult();
                    return new ValueTask<string?>(new TaskCompletionSource<string?>().Task);
                };
            }
        }, time);
        var connecting = await EnterAsync(phase, server, rig, asked.Task);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => rig.Channel.DisposeAsync().AsTask()))).InTime();
        await rig.Channel.DisposeAsync().InTime();

        if (connecting is not null)
            await connecting.Invoking(task => task.InTime()).Should().ThrowAsync<ObjectDisposedException>();
        await rig.Statuses.Completed;
        await rig.Messages.Completed;
        rig.Statuses.All.Count(status => status.State == ChannelState.Closed).Should().Be(1);
        rig.Statuses.All[^1].State.Should().Be(ChannelState.Closed);
        time.Alive.Should().Be(0, "no timer is left behind");
        await rig.Channel.Invoking(channel => channel.ConnectAsync()).Should().ThrowAsync<ObjectDisposedException>();
        await rig.Channel.Invoking(channel => channel.SendAsync(Rig.End(1)).AsTask()).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task A_subscriber_after_dispose_gets_the_last_status_and_the_end()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        await rig.Channel.DisposeAsync().InTime();

        using var late = new Recorder<ChannelStatus>(rig.Channel.Status);

        await late.Completed;
        late.All.Should().Equal(new ChannelStatus(ChannelState.Closed));
    }

    [Fact]
    public async Task What_was_sent_before_dispose_goes_out_and_the_server_gets_a_proper_close()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url, options => options.SendQueueLimit = 1000);
        var peer = await rig.ConnectedAsync(server);

        var sends = Enumerable.Range(1, 500).Select(seq => rig.Channel.SendAsync(Rig.End(seq)).AsTask()).ToArray();
        var disposing = rig.Channel.DisposeAsync();
        for (var seq = 1; seq <= 500; seq++)
            (await peer.ReceiveAsync()).Should().Be(Rig.End(seq));
        await peer.AnswerCloseAsync();

        await disposing.InTime();
        await Task.WhenAll(sends).InTime();
        peer.ClosedWith.Should().Be(WebSocketCloseStatus.NormalClosure);
    }

    [Fact]
    public async Task A_server_that_answers_no_close_holds_dispose_up_for_a_second_at_most()
    {
        await using var dead = new HalfOpenServer();
        var time = new RecordingTime();
        await using var rig = new Rig(dead.Url, time: time);
        await rig.Channel.ConnectAsync().InTime();
        (await rig.Messages.NextAsync()).Should().BeOfType<WelcomeMessage>();

        var disposing = rig.Channel.DisposeAsync();
        await time.StartedAsync(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));

        await disposing.InTime();
        time.Alive.Should().Be(0);
    }

    [Fact]
    public async Task Dispose_meets_connect_at_any_moment()
    {
        await using var server = await ScriptedServer.StartedAsync();
        var random = new Random(5);

        for (var i = 0; i < 50; i++)
        {
            var time = new RecordingTime();
            var rig = new Rig(server.Url, time: time);
            var connecting = rig.Channel.ConnectAsync();
            for (var step = random.Next(100); step > 0; step--)
                await Task.Yield();
            var disposing = rig.Channel.DisposeAsync();
            _ = Task.Run(async () => await (await server.AcceptAsync()).AnswerCloseAsync());
            await disposing.InTime();

            await connecting.InTime().ContinueWith(_ => { }, TaskScheduler.Default);
            rig.Statuses.All[^1].State.Should().Be(ChannelState.Closed);
            time.Alive.Should().Be(0);
            await rig.DisposeAsync();
        }
    }

    private static async Task<Task?> EnterAsync(string phase, ScriptedServer server, Rig rig, Task asked)
    {
        using var cancel = new CancellationTokenSource();
        switch (phase)
        {
            case "token":
                var waiting = rig.Channel.ConnectAsync();
                await asked.InTime();
                return waiting;
            case "handshake":
                server.Gate = new TaskCompletionSource();
                var shaking = rig.Channel.ConnectAsync();
                await server.RequestAsync();
                return shaking;
            case "back-off":
                server.RefuseWith = 503;
                var trying = rig.Channel.ConnectAsync();
                await rig.Statuses.UntilAsync(status => status.Error is not null);
                return trying;
            case "connected":
                var peer = await rig.ConnectedAsync(server);
                _ = peer.AnswerCloseAsync();
                return null;
            case "reconnecting":
                await rig.ConnectedAsync(server);
                await server.StopAsync();
                await rig.Statuses.UntilAsync(ChannelState.Reconnecting);
                return rig.Channel.ConnectAsync();
            case "refused":
                server.RefuseWith = 401;
                await rig.Channel.Invoking(channel => channel.ConnectAsync().InTime()).Should().ThrowAsync<SignalingException>();
                return null;
            case "cancelled":
                server.Gate = new TaskCompletionSource();
                var left = rig.Channel.ConnectAsync(cancel.Token);
                await server.RequestAsync();
                await cancel.CancelAsync();
                await left.Invoking(task => task.InTime()).Should().ThrowAsync<OperationCanceledException>();
                return null;
            default:
                return null;
        }
    }
}
