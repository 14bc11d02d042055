using System.Net.WebSockets;
using System.Text;

namespace Calls.Signaling.WebSockets.Tests;

public sealed class ReadingTests
{
    [Fact]
    public async Task Ten_thousand_messages_arrive_in_order()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var peer = await rig.ConnectedAsync(server);

        for (var seq = 1; seq <= 10_000; seq++)
            await peer.SendAsync(Rig.End(seq));
        await rig.Messages.UntilAsync(message => message is EndMessage { Seq: 10_000 });

        rig.Messages.All.OfType<EndMessage>().Select(end => end.Seq!.Value).Should().Equal(Enumerable.Range(1, 10_000));
    }

    [Fact]
    public async Task A_message_in_many_frames_is_put_together()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var peer = await rig.ConnectedAsync(server);
        var message = new AnswerMessage { CallId = Rig.Call, Seq = 1, Sdp = string.Concat(Enumerable.Repeat("v=0 ü € ", 2000)) };

        foreach (var part in SignalingJson.Serialize(message).Chunk(997))
            await peer.SendAsync(part, end: false);
        await peer.SendAsync([], end: true);

        (await rig.Messages.NextAsync()).Should().Be(message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"call:end\"")]
    [InlineData("""{"callId":"a"}""")]
    [InlineData("""{"type":"call:end"}""")]
    [InlineData("""{"type":"call:end","callId":"not an id"}""")]
    [InlineData("""{"type":"call:end","callId":7}""")]
    [InlineData("""{"type":"call:teleport","callId":"a"}""")]
    [InlineData("""{"type":"call:secret-word""")]
    public async Task B22_text_that_is_no_message_is_dropped_without_a_word_of_it_in_the_log_and_the_connection_lives(string text)
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var peer = await rig.ConnectedAsync(server);

        await peer.SendAsync(text);
        await peer.SendAsync(Rig.End(1));

        (await rig.Messages.NextAsync()).Should().Be(Rig.End(1));
        rig.Log.Lines.Should().ContainSingle(line => line.Event == 3005);
        rig.Log.Text.Should().NotContain("teleport").And.NotContain("secret-word").And.NotContain("not an id");
        rig.Statuses.All[^1].State.Should().Be(ChannelState.Connected);
    }

    [Fact]
    public async Task B22_binary_is_dropped_even_where_it_would_be_a_message()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var peer = await rig.ConnectedAsync(server);

        await peer.SendAsync(SignalingJson.Serialize(Rig.End(1)), WebSocketMessageType.Binary);
        await peer.SendAsync(Rig.End(2));

        (await rig.Messages.NextAsync()).Should().Be(Rig.End(2));
    }

    [Fact]
    public async Task B22_unknown_fields_are_passed_over()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var peer = await rig.ConnectedAsync(server);

        await peer.SendAsync($$"""{"new":{"a":[1]},"callId":"{{Rig.Call}}","reason":"hangup","seq":1,"type":"call:end"}""");

        (await rig.Messages.NextAsync()).Should().Be(Rig.End(1));
    }

    [Theory]
    [InlineData(WebSocketMessageType.Text)]
    [InlineData(WebSocketMessageType.Binary)]
    public async Task B22_a_message_over_the_limit_is_refused_with_1009_and_the_connection_is_made_again(WebSocketMessageType type)
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var peer = await rig.ConnectedAsync(server);

        await peer.SendAsync(Encoding.ASCII.GetBytes(new string(' ', (64 * 1024) + 1)), type);

        await rig.Statuses.UntilAsync(ChannelState.Reconnecting);
        await rig.Statuses.UntilAsync(ChannelState.Connected);
        (await peer.ReceiveTextAsync()).Should().BeNull();
        peer.ClosedWith.Should().Be(WebSocketCloseStatus.MessageTooBig);
        rig.Log.Lines.Should().ContainSingle(line => line.Event == 3007);
        rig.Messages.All.Should().AllBeOfType<WelcomeMessage>();
    }

    [Fact]
    public async Task A_message_that_never_ends_is_over_the_limit_as_well()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url, options => options.MaxMessageSize = 2048);
        var peer = await rig.ConnectedAsync(server);

        for (var i = 0; i < 3; i++)
            await peer.SendAsync(new byte[1000], end: false);

        await rig.Statuses.UntilAsync(ChannelState.Reconnecting);
    }

    [Fact]
    public async Task A_message_of_just_the_limit_is_read()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var peer = await rig.ConnectedAsync(server);
        var text = Encoding.UTF8.GetString(SignalingJson.Serialize(Rig.End(1)));

        await peer.SendAsync(text + new string(' ', (64 * 1024) - text.Length));

        (await rig.Messages.NextAsync()).Should().Be(Rig.End(1));
    }

    [Fact]
    public async Task Invalid_utf8_breaks_the_connection_as_the_rfc_asks_and_it_is_made_again()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var peer = await rig.ConnectedAsync(server);

        await peer.SendAsync([0x22, 0xC3, 0x28, 0x22]);

        await rig.Statuses.UntilAsync(ChannelState.Reconnecting);
        await rig.Statuses.UntilAsync(ChannelState.Connected);
    }
}
