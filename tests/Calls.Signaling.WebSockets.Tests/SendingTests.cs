namespace Calls.Signaling.WebSockets.Tests;

public sealed class SendingTests
{
    [Fact]
    public async Task Sends_that_overlap_leave_in_the_order_of_the_calls()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url, options => options.SendQueueLimit = 10_000);
        var peer = await rig.ConnectedAsync(server);

        var sends = Enumerable.Range(1, 5_000).Select(seq => rig.Channel.SendAsync(Rig.End(seq)).AsTask()).ToArray();
        for (var seq = 1; seq <= 5_000; seq++)
            (await peer.ReceiveAsync()).Should().Be(Rig.End(seq));

        await Task.WhenAll(sends).InTime();
    }

    [Fact]
    public async Task Sends_of_many_threads_all_arrive_whole()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url, options => options.SendQueueLimit = 10_000);
        var peer = await rig.ConnectedAsync(server);

        var sends = Enumerable.Range(1, 1_000).Select(seq => Task.Run(() => rig.Channel.SendAsync(Rig.End(seq)).AsTask())).ToArray();
        var arrived = new HashSet<int>();
        while (arrived.Count < 1_000)
            arrived.Add(((EndMessage)await peer.ReceiveAsync()).Seq!.Value);

        await Task.WhenAll(sends).InTime();
    }

    [Fact]
    public async Task A_send_without_a_connection_fails_at_once()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);

        var before = rig.Channel.SendAsync(Rig.End(1));
        before.IsFaulted.Should().BeTrue();
        await before.Invoking(send => send.AsTask()).Should().ThrowAsync<SignalingException>();

        server.Gate = new TaskCompletionSource();
        var connecting = rig.Channel.ConnectAsync();
        await server.RequestAsync();
        await rig.Channel.Invoking(channel => channel.SendAsync(Rig.End(1)).AsTask()).Should().ThrowAsync<SignalingException>();
        server.Gate.SetResult();
        await connecting.InTime();
        await rig.Channel.SendAsync(Rig.End(1));
    }

    [Fact]
    public async Task A_send_while_reconnecting_fails_at_once()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        await rig.ConnectedAsync(server);
        await server.StopAsync();
        await rig.Statuses.UntilAsync(ChannelState.Reconnecting);

        await rig.Channel.Invoking(channel => channel.SendAsync(Rig.End(1)).AsTask()).Should().ThrowAsync<SignalingException>();
    }

    [Fact]
    public async Task More_messages_than_may_wait_are_refused_and_the_others_are_not_touched()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url, options => options.SendQueueLimit = 2);
        var peer = await rig.ConnectedAsync(server);
        var large = new AnswerMessage { CallId = Rig.Call, Sdp = new string('x', 60_000) };

        // The server does not read: the system's buffers fill, then the queue.
        var sends = new List<Task>();
        while (sends.Count < 5_000 && !sends.Any(send => send.IsFaulted))
            sends.Add(rig.Channel.SendAsync(large).AsTask());
        var refused = sends.Single(send => send.IsFaulted);
        sends.Remove(refused);
        for (var i = 0; i < sends.Count; i++)
            (await peer.ReceiveAsync()).Should().Be(large);

        await Task.WhenAll(sends).InTime();
        (await refused.Invoking(send => send).Should().ThrowAsync<SignalingException>()).WithMessage("2 messages wait*");
    }

    [Fact]
    public async Task A_message_that_the_server_would_not_take_is_not_sent()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var peer = await rig.ConnectedAsync(server);
        var large = new AnswerMessage { CallId = Rig.Call, Sdp = new string('x', 64 * 1024) };

        (await rig.Channel.Invoking(channel => channel.SendAsync(large).AsTask()).Should().ThrowAsync<SignalingException>()).WithMessage("*65536*");
        await rig.Channel.SendAsync(Rig.End(1));

        (await peer.ReceiveAsync()).Should().Be(Rig.End(1));
    }

    [Fact]
    public async Task A_cancelled_send_throws_and_breaks_neither_the_connection_nor_another_message()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url, options => options.SendQueueLimit = 10_000);
        var peer = await rig.ConnectedAsync(server);
        using var cancel = new CancellationTokenSource();
        var large = new AnswerMessage { CallId = Rig.Call, Sdp = new string('x', 60_000) };

        // Enough to fill the system's buffers: one is being written, the others wait.
        var sends = Enumerable.Range(0, 500).Select(_ => rig.Channel.SendAsync(large, cancel.Token).AsTask()).ToArray();
        await cancel.CancelAsync();
        var last = rig.Channel.SendAsync(Rig.End(1)).AsTask();
        var whole = 0;
        while (await peer.ReceiveAsync() is AnswerMessage answer)
        {
            answer.Should().Be(large);
            whole++;
        }

        await last.InTime();
        whole.Should().BeLessThan(500);
        var cancelled = 0;
        foreach (var send in sends.Where(send => !send.IsCompletedSuccessfully))
        {
            await send.Invoking(task => task.InTime()).Should().ThrowAsync<OperationCanceledException>();
            cancelled++;
        }

        cancelled.Should().BePositive();
        rig.Statuses.All[^1].State.Should().Be(ChannelState.Connected);
    }

    [Fact]
    public async Task Null_is_no_message()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);

        await rig.Channel.Invoking(channel => channel.SendAsync(null!).AsTask()).Should().ThrowAsync<ArgumentNullException>();
    }
}
