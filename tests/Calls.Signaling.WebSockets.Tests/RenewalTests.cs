namespace Calls.Signaling.WebSockets.Tests;

/// <summary>A connection whose token expires is replaced before it does, and nobody above sees it.</summary>
public sealed class RenewalTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task X7_a_fresh_token_takes_over_before_the_old_one_expires_and_the_status_never_changes()
    {
        await using var server = await ExpiringAsync();
        RecordingTime time = new();
        var asked = 0;
        await using var rig = new Rig(server.Url, options => options.AccessTokenProvider = _ => new($"token-{++asked}"), time);
        var old = await rig.ConnectedAsync(server);

        var wait = await RenewalOf(time);
        time.Advance(wait - TimeSpan.FromSeconds(1));
        server.RequestsLeft.Should().Be(1, "there is no hurry yet");
        time.Advance(TimeSpan.FromSeconds(1));
        var fresh = await server.AcceptAsync();
        await old.SendAsync(new ErrorMessage { Code = ErrorCodes.Superseded });
        (await rig.Messages.NextAsync()).Should().BeOfType<WelcomeMessage>();
        await old.AnswerCloseAsync();
        await rig.Channel.SendAsync(Rig.End(1));

        (await fresh.ReceiveAsync()).Should().Be(Rig.End(1));
        (await server.RequestAsync()).Authorization.Should().Be("Bearer token-1");
        (await server.RequestAsync()).Authorization.Should().Be("Bearer token-2");
        rig.Statuses.States().Should().Equal(ChannelState.Disconnected, ChannelState.Connecting, ChannelState.Connected);
        rig.Messages.All.Should().AllBeOfType<WelcomeMessage>("that the old connection was superseded is the channel's own affair");
    }

    [Fact]
    public async Task A_server_that_closes_the_old_connection_before_the_handshake_is_over_makes_no_difference()
    {
        await using var server = await ExpiringAsync();
        RecordingTime time = new();
        await using var rig = new Rig(server.Url, time: time);
        var old = await rig.ConnectedAsync(server);
        await server.RequestAsync();
        server.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        time.Advance(await RenewalOf(time));
        await server.RequestAsync();
        await old.SendAsync(new ErrorMessage { Code = ErrorCodes.Superseded });
        await old.AnswerCloseAsync();
        server.Gate.SetResult();
        var fresh = await server.AcceptAsync();
        (await rig.Messages.NextAsync()).Should().BeOfType<WelcomeMessage>();
        await rig.Channel.SendAsync(Rig.End(1));

        (await fresh.ReceiveAsync()).Should().Be(Rig.End(1));
        rig.Statuses.States().Should().Equal(ChannelState.Disconnected, ChannelState.Connecting, ChannelState.Connected);
    }

    [Fact]
    public async Task A_renewal_that_fails_is_tried_again_and_the_old_connection_serves_meanwhile()
    {
        await using var server = await ExpiringAsync();
        RecordingTime time = new();
        await using var rig = new Rig(server.Url, time: time);
        var old = await rig.ConnectedAsync(server);
        await server.RequestAsync();
        server.RefuseWith = 503;

        time.Advance(await RenewalOf(time));
        await server.RequestAsync();
        await time.StartedAsync(TimeSpan.FromSeconds(3));
        await rig.Channel.SendAsync(Rig.End(1));
        (await old.ReceiveAsync()).Should().Be(Rig.End(1));
        server.RefuseWith = null;
        time.Advance(TimeSpan.FromSeconds(3));

        await server.AcceptAsync();
        (await rig.Messages.NextAsync()).Should().BeOfType<WelcomeMessage>();
        rig.Statuses.States().Should().Equal(ChannelState.Disconnected, ChannelState.Connecting, ChannelState.Connected);
    }

    [Fact]
    public async Task A_client_that_gets_no_fresh_token_keeps_the_old_connection_until_the_server_closes_it()
    {
        await using var server = await ExpiringAsync();
        RecordingTime time = new();
        await using var rig = new Rig(server.Url, time: time);
        var old = await rig.ConnectedAsync(server);
        await server.RequestAsync();
        server.RefuseWith = 401;

        time.Advance(await RenewalOf(time));
        await server.RequestAsync();
        await rig.Channel.SendAsync(Rig.End(1));
        (await old.ReceiveAsync()).Should().Be(Rig.End(1));
        await old.CloseAsync(System.Net.WebSockets.WebSocketCloseStatus.PolicyViolation, ErrorCodes.AuthenticationExpired);

        (await rig.Statuses.UntilAsync(ChannelState.Closed)).Error.Should().BeOfType<SignalingException>().Which.IsRefused.Should().BeTrue();
    }

    /// <summary>A server whose welcomes are good for five minutes.</summary>
    private static async Task<ScriptedServer> ExpiringAsync()
    {
        var server = await ScriptedServer.StartedAsync();
        server.ExpiresIn = Lifetime.TotalSeconds;
        return server;
    }

    /// <summary>The wait that has begun; the others are for the handshake and the welcome.</summary>
    private static Task<TimeSpan> RenewalOf(RecordingTime time) => time.StartedAsync(TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
}
