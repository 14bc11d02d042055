namespace Calls.Signaling.WebSockets.Tests;

/// <summary>The sign of life in a browser, which has no ping.</summary>
public sealed class ProbeTests
{
    private const string Question = """{"type":"call:ping"}""";
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pong = TimeSpan.FromSeconds(4);

    [Theory]
    [InlineData("""{"type":"call:error","code":"bad-message","message":"no such type"}""")]
    [InlineData("""{"type":"call:pong"}""")]
    public async Task B41_a_server_that_answered_once_and_falls_silent_is_lost(string answer)
    {
        await using var server = await ScriptedServer.StartedAsync();
        var time = new RecordingTime();
        await using var rig = Browser(server, time);
        var peer = await rig.ConnectedAsync(server);

        await AskAsync(time, peer);
        await peer.SendAsync(answer);
        await AskAsync(time, peer);
        time.Advance(Pong);

        await rig.Statuses.UntilAsync(ChannelState.Reconnecting);
        rig.Messages.Unread.Should().Be(0, "nobody sees the answer");
    }

    [Fact]
    public async Task Any_word_of_the_server_is_an_answer_and_puts_the_next_question_off()
    {
        await using var server = await ScriptedServer.StartedAsync();
        var time = new RecordingTime();
        await using var rig = Browser(server, time);
        var peer = await rig.ConnectedAsync(server);

        await time.StartedAsync(Ping);
        time.Advance(Ping - TimeSpan.FromSeconds(1));
        await peer.SendAsync(Rig.End(1));
        await rig.Messages.NextAsync();
        time.Advance(TimeSpan.FromSeconds(1));

        (await time.StartedAsync(except: [])).Should().Be(Ping - TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_server_that_never_answers_is_asked_once_and_kept()
    {
        await using var server = await ScriptedServer.StartedAsync();
        var time = new RecordingTime();
        await using var rig = Browser(server, time);
        var peer = await rig.ConnectedAsync(server);

        await AskAsync(time, peer);
        time.Advance(Pong);
        time.Advance(TimeSpan.FromHours(1));
        await peer.SendAsync(Rig.End(1));

        (await rig.Messages.NextAsync()).Should().Be(Rig.End(1));
        time.Advance(TimeSpan.FromHours(1));
        await rig.Channel.SendAsync(Rig.End(2));
        (await peer.ReceiveAsync()).Should().Be(Rig.End(2), "no second question came before it");
    }

    [Fact]
    public async Task What_was_learnt_of_a_server_holds_for_the_next_connection()
    {
        await using var server = await ScriptedServer.StartedAsync();
        var time = new RecordingTime();
        await using var rig = Browser(server, time);
        var peer = await rig.ConnectedAsync(server);
        await AskAsync(time, peer);
        await peer.SendAsync("""{"type":"call:pong"}""");
        await peer.SendAsync(Rig.End(1));
        await rig.Messages.UntilAsync(message => message is EndMessage);

        peer.Cut();
        peer = await server.AcceptAsync();
        await rig.Messages.UntilAsync(message => message is WelcomeMessage);
        await AskAsync(time, peer);
        time.Advance(Pong);

        await rig.Statuses.UntilAsync(ChannelState.Reconnecting);
        (await rig.Statuses.UntilAsync(ChannelState.Reconnecting)).Error!.Message.Should().Contain("sign of life");
    }

    [Fact]
    public async Task An_error_that_nobody_asked_for_is_passed_on()
    {
        await using var server = await ScriptedServer.StartedAsync();
        var time = new RecordingTime();
        await using var rig = Browser(server, time);
        var peer = await rig.ConnectedAsync(server);
        await AskAsync(time, peer);

        await peer.SendAsync(new ErrorMessage { Code = ErrorCodes.NotAllowed });
        await peer.SendAsync(new ErrorMessage { Code = ErrorCodes.BadMessage });
        await peer.SendAsync(new ErrorMessage { Code = ErrorCodes.BadMessage, Message = "second" });

        (await rig.Messages.NextAsync()).Should().Be(new ErrorMessage { Code = ErrorCodes.NotAllowed });
        (await rig.Messages.NextAsync()).Should().Be(new ErrorMessage { Code = ErrorCodes.BadMessage, Message = "second" });
    }

    [Fact]
    public async Task Outside_a_browser_nothing_is_asked()
    {
        await using var server = await ScriptedServer.StartedAsync();
        var time = new RecordingTime();
        await using var rig = new Rig(server.Url, options => (options.PingInterval, options.PongTimeout) = (Ping, Pong), time);
        var peer = await rig.ConnectedAsync(server);

        time.Advance(TimeSpan.FromHours(1));
        await rig.Channel.SendAsync(Rig.End(1));

        (await peer.ReceiveAsync()).Should().Be(Rig.End(1));
    }

    private static Rig Browser(ScriptedServer server, RecordingTime time)
        => new(server.Url, options => (options.PingInterval, options.PongTimeout) = (Ping, Pong), time, asBrowser: true);

    private static async Task AskAsync(RecordingTime time, ServerPeer peer)
    {
        await time.StartedAsync(Ping);
        time.Advance(Ping);
        (await peer.ReceiveTextAsync()).Should().Be(Question);
        await time.StartedAsync(Pong);
    }
}
