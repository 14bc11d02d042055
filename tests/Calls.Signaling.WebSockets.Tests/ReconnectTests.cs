using System.Net.WebSockets;

namespace Calls.Signaling.WebSockets.Tests;

public sealed class ReconnectTests
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task B38_a_cut_connection_is_made_again()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var peer = await rig.ConnectedAsync(server);

        peer.Cut();
        (await rig.Statuses.UntilAsync(ChannelState.Reconnecting)).Error.Should().BeOfType<SignalingException>();
        var again = await server.AcceptAsync();
        (await rig.Statuses.UntilAsync(ChannelState.Connected)).Error.Should().BeNull();
        (await rig.Messages.NextAsync()).Should().BeOfType<WelcomeMessage>();
        await rig.Channel.SendAsync(Rig.End(1));

        (await again.ReceiveAsync()).Should().Be(Rig.End(1));
    }

    [Theory]
    [InlineData(WebSocketCloseStatus.EndpointUnavailable)]
    [InlineData(WebSocketCloseStatus.NormalClosure)]
    [InlineData(WebSocketCloseStatus.InternalServerError)]
    [InlineData(WebSocketCloseStatus.PolicyViolation)]
    public async Task A_close_by_the_server_is_followed_by_a_reconnect(WebSocketCloseStatus status)
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var peer = await rig.ConnectedAsync(server);

        await peer.CloseAsync(status);

        (await rig.Statuses.UntilAsync(ChannelState.Reconnecting)).Error!.Message.Should().Contain($"{(int)status}");
        await rig.Statuses.UntilAsync(ChannelState.Connected);
    }

    [Fact]
    public async Task B42_a_server_that_restarts_gets_its_client_back()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        await rig.ConnectedAsync(server);

        await server.StopAsync();
        await rig.Statuses.UntilAsync(ChannelState.Reconnecting);
        var connecting = rig.Channel.ConnectAsync();
        await server.StartAsync();

        await connecting.InTime();
        (await rig.Messages.NextAsync()).Should().BeOfType<WelcomeMessage>();
    }

    [Fact]
    public async Task The_waits_grow_to_the_cap_and_no_attempt_is_made_before_its_time()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await server.StopAsync();
        var time = new RecordingTime();
        await using var rig = new Rig(server.Url, options => options.ReconnectPolicy = new JitteredBackoff(random: new Always(0.5)), time);

        var connecting = rig.Channel.ConnectAsync();
        foreach (var seconds in (double[])[0.25, 0.5, 1, 2, 4, 5, 5])
        {
            var wait = TimeSpan.FromSeconds(seconds);
            (await time.StartedAsync(except: ConnectTimeout)).Should().Be(wait);
            time.Advance(wait - TimeSpan.FromMilliseconds(1));
            time.Alive.Should().Be(1, "the wait is not over, and nothing else goes on");
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        await time.StartedAsync(except: ConnectTimeout);
        connecting.IsCompleted.Should().BeFalse();
        rig.Log.Lines.Count(line => line.Event == 3000).Should().Be(8);
    }

    [Fact]
    public async Task Only_a_stable_connection_resets_the_waits()
    {
        await using var server = await ScriptedServer.StartedAsync();
        var time = new RecordingTime();
        var policy = new Noting();
        await using var rig = new Rig(server.Url, options => options.ReconnectPolicy = policy, time);

        var peer = await rig.ConnectedAsync(server);
        for (var i = 0; i < 3; i++)
        {
            peer.Cut();
            peer = await NextAsync();
        }

        time.Advance(TimeSpan.FromSeconds(10));
        peer.Cut();
        peer = await NextAsync();
        time.Advance(TimeSpan.FromSeconds(9));
        peer.Cut();
        await NextAsync();

        policy.Numbers.Should().Equal(1, 2, 3, 1, 2);

        async Task<ServerPeer> NextAsync()
        {
            await rig.Statuses.UntilAsync(ChannelState.Connected);
            return await server.AcceptAsync();
        }
    }

    [Fact]
    public async Task A_policy_that_gives_up_closes_the_channel()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await server.StopAsync();
        await using var rig = new Rig(server.Url, options => options.ReconnectPolicy = new Never(throws: false));

        var given = (await rig.Channel.Invoking(channel => channel.ConnectAsync().InTime()).Should().ThrowAsync<SignalingException>()).Which;

        given.IsRefused.Should().BeFalse();
        rig.Statuses.All[^1].Should().Be(new ChannelStatus(ChannelState.Closed, given));
    }

    [Fact]
    public async Task A_policy_that_throws_closes_the_channel_and_is_the_cause()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await server.StopAsync();
        await using var rig = new Rig(server.Url, options => options.ReconnectPolicy = new Never(throws: true));

        (await rig.Channel.Invoking(channel => channel.ConnectAsync().InTime()).Should().ThrowAsync<SignalingException>())
            .WithInnerException<NotSupportedException>();
    }

    private sealed class Always(double value) : Random
    {
        public override double NextDouble() => value;
    }

    private sealed class Noting : IReconnectPolicy
    {
        public List<int> Numbers { get; } = [];

        public TimeSpan? NextDelay(ReconnectAttempt attempt)
        {
            Numbers.Add(attempt.Number);
            return TimeSpan.Zero;
        }
    }

    private sealed class Never(bool throws) : IReconnectPolicy
    {
        public TimeSpan? NextDelay(ReconnectAttempt attempt) => throws ? throw new NotSupportedException() : null;
    }
}
