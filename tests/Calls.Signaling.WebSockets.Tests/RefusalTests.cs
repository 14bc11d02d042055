using System.Net.WebSockets;

namespace Calls.Signaling.WebSockets.Tests;

public sealed class RefusalTests
{
    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task X7_a_refused_handshake_throws_and_closes_the_channel(int status)
    {
        await using var server = await ScriptedServer.StartedAsync();
        server.RefuseWith = status;
        await using var rig = new Rig(server.Url);

        var refusal = (await rig.Channel.Invoking(channel => channel.ConnectAsync().InTime()).Should().ThrowAsync<SignalingException>()).Which;

        refusal.IsRefused.Should().BeTrue();
        refusal.Message.Should().Contain($"{status}");
        rig.Statuses.All[^1].Should().Be(new ChannelStatus(ChannelState.Closed, refusal));
        await server.RequestAsync();
        server.RequestsLeft.Should().Be(0);
    }

    [Fact]
    public async Task After_a_refusal_a_new_connect_tries_again()
    {
        await using var server = await ScriptedServer.StartedAsync();
        server.RefuseWith = 401;
        await using var rig = new Rig(server.Url);
        await rig.Channel.Invoking(channel => channel.ConnectAsync().InTime()).Should().ThrowAsync<SignalingException>();

        server.RefuseWith = null;
        await rig.ConnectedAsync(server);

        rig.Statuses.States().Should().Equal(
            ChannelState.Disconnected, ChannelState.Connecting, ChannelState.Closed, ChannelState.Connecting, ChannelState.Connected);
    }

    [Fact]
    public async Task A_refusal_of_a_reconnect_closes_the_channel()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var peer = await rig.ConnectedAsync(server);

        server.RefuseWith = 401;
        peer.Cut();

        var closed = await rig.Statuses.UntilAsync(ChannelState.Closed);
        closed.Error.Should().BeOfType<SignalingException>().Which.IsRefused.Should().BeTrue();
        await rig.Channel.Invoking(channel => channel.SendAsync(Rig.End(1)).AsTask()).Should().ThrowAsync<SignalingException>();
    }

    [Theory]
    [InlineData(WebSocketCloseStatus.PolicyViolation, null)]
    [InlineData(WebSocketCloseStatus.NormalClosure, null)]
    [InlineData(null, null)]
    public async Task A_superseded_channel_does_not_fight_for_its_device(WebSocketCloseStatus? close, string? reason)
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var peer = await rig.ConnectedAsync(server);
        await server.RequestAsync();

        await peer.SendAsync(new ErrorMessage { Code = ErrorCodes.Superseded });
        if (close is not null)
            await peer.CloseAsync(close.Value, reason);
        else
            await peer.AnswerCloseAsync();

        await rig.Statuses.UntilAsync(ChannelState.Closed);
        (await rig.Messages.NextAsync()).Should().Be(new ErrorMessage { Code = ErrorCodes.Superseded });
        rig.Statuses.All[^1].Error.Should().BeOfType<SignalingException>().Which.Code.Should().Be(ErrorCodes.Superseded);
        rig.Statuses.States().Should().NotContain(ChannelState.Reconnecting);
        server.RequestsLeft.Should().Be(0);
    }

    [Fact]
    public async Task A_close_whose_reason_is_superseded_counts_as_well()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var peer = await rig.ConnectedAsync(server);

        await peer.CloseAsync(WebSocketCloseStatus.PolicyViolation, "superseded");

        (await rig.Statuses.UntilAsync(ChannelState.Closed)).Error.Should().BeOfType<SignalingException>().Which.Code.Should().Be("superseded");
    }

    [Fact]
    public async Task Another_error_message_ends_nothing()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var peer = await rig.ConnectedAsync(server);

        await peer.SendAsync(new ErrorMessage { Code = ErrorCodes.BadMessage });
        await peer.SendAsync(Rig.End(1));

        (await rig.Messages.NextAsync()).Should().BeOfType<ErrorMessage>();
        (await rig.Messages.NextAsync()).Should().Be(Rig.End(1));
        rig.Statuses.All[^1].State.Should().Be(ChannelState.Connected);
    }
}
