namespace Calls.Signaling.WebSockets.Tests;

public sealed class ObserverTests
{
    [Fact]
    public async Task B23_an_observer_that_throws_stops_neither_the_channel_nor_another_observer_nor_itself()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var thrown = 0;
        rig.Channel.Status.Subscribe(_ => throw new InvalidOperationException("from a status"));
        rig.Channel.Messages.Subscribe(_ =>
        {
            thrown++;
            throw new InvalidOperationException("from a message");
        });
        using var after = new Recorder<SignalingMessage>(rig.Channel.Messages);

        var peer = await rig.ConnectedAsync(server);
        for (var seq = 1; seq <= 5; seq++)
            await peer.SendAsync(Rig.End(seq));
        await after.UntilAsync(message => message is EndMessage { Seq: 5 });

        thrown.Should().Be(6);
        after.All.Should().HaveCount(6);
        rig.Log.Lines.Should().Contain(line => line.Event == 3008);
        rig.Log.Lines.Where(line => line.Event == 3008).Should().OnlyContain(line => !line.Text.Contains("from a"));
    }

    [Fact]
    public async Task B23_an_observer_may_send_from_inside_a_status_and_a_message_even_if_it_blocks_on_it()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        using var inStatus = rig.Channel.Status.Subscribe(status =>
        {
            if (status.State == ChannelState.Connected)
                rig.Channel.SendAsync(Rig.End(1)).AsTask().InTime().GetAwaiter().GetResult();
        });
        using var inMessage = rig.Channel.Messages.Subscribe(_ => rig.Channel.SendAsync(Rig.End(2)).AsTask().InTime().GetAwaiter().GetResult());

        await rig.Channel.ConnectAsync().InTime();
        var peer = await server.AcceptAsync();

        (await peer.ReceiveAsync()).Should().Be(Rig.End(1));
        (await peer.ReceiveAsync()).Should().Be(Rig.End(2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task B23_an_observer_may_dispose_from_inside_even_if_it_blocks_on_it(bool inStatus)
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var nested = false;
        var inside = 0;
        using var statuses = rig.Channel.Status.Subscribe(status => Inside(inStatus && status.State == ChannelState.Connected));
        using var messages = rig.Channel.Messages.Subscribe(_ => Inside(!inStatus));

        var connecting = rig.Channel.ConnectAsync();
        var peer = await server.AcceptAsync();
        _ = peer.AnswerCloseAsync();
        if (inStatus)
            await connecting.Invoking(task => task.InTime()).Should().ThrowAsync<ObjectDisposedException>("it was disposed before the connection was told of");
        else
            await connecting.InTime();

        await rig.Statuses.UntilAsync(ChannelState.Closed);
        await rig.Statuses.Completed;
        await rig.Messages.Completed;
        nested.Should().BeFalse();

        void Inside(bool disposes)
        {
            nested |= Interlocked.Increment(ref inside) > 1;
            if (disposes)
                rig.Channel.DisposeAsync().AsTask().InTime().GetAwaiter().GetResult();
            Interlocked.Decrement(ref inside);
        }
    }

    [Fact]
    public async Task B23_an_observer_may_dispose_from_inside_the_replay()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var seen = new List<ChannelState>();
        var depth = 0;
        var deepest = 0;

        using var subscription = rig.Channel.Status.Subscribe(status =>
        {
            deepest = Math.Max(deepest, ++depth);
            seen.Add(status.State);
            rig.Channel.DisposeAsync().AsTask().InTime().GetAwaiter().GetResult();
            depth--;
        });

        await rig.Statuses.Completed;
        seen.Should().Equal(ChannelState.Disconnected, ChannelState.Closed);
        deepest.Should().Be(1);
    }

    [Fact]
    public async Task An_observer_may_connect_again_from_inside_a_refusal()
    {
        await using var server = await ScriptedServer.StartedAsync();
        server.RefuseWith = 401;
        await using var rig = new Rig(server.Url);
        using var again = rig.Channel.Status.Subscribe(status =>
        {
            if (status.State != ChannelState.Closed)
                return;
            server.RefuseWith = null;
            _ = rig.Channel.ConnectAsync();
        });

        await rig.Channel.Invoking(channel => channel.ConnectAsync().InTime()).Should().ThrowAsync<SignalingException>();

        await rig.Statuses.UntilAsync(ChannelState.Connected);
    }

    [Fact]
    public async Task Statuses_and_messages_are_never_raised_at_the_same_time()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var inside = 0;
        var overlaps = 0;
        using var messages = rig.Channel.Messages.Subscribe(_ => Check());
        var subscribing = new CancellationTokenSource();
        var subscribers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!subscribing.IsCancellationRequested)
                rig.Channel.Status.Subscribe(_ => Check()).Dispose();
        })).ToArray();

        for (var round = 0; round < 5; round++)
        {
            var peer = round == 0 ? await rig.ConnectedAsync(server) : await server.AcceptAsync();
            for (var seq = 1; seq <= 100; seq++)
                await peer.SendAsync(Rig.End(seq));
            await rig.Messages.UntilAsync(message => message is EndMessage { Seq: 100 });
            peer.Cut();
        }

        await subscribing.CancelAsync();
        await Task.WhenAll(subscribers).InTime();
        subscribing.Dispose();
        overlaps.Should().Be(0);

        void Check()
        {
            if (Interlocked.Increment(ref inside) > 1)
                Interlocked.Increment(ref overlaps);
            Thread.SpinWait(200);
            Interlocked.Decrement(ref inside);
        }
    }

    [Fact]
    public async Task An_unsubscribed_observer_hears_no_more()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var heard = 0;
        var subscription = rig.Channel.Messages.Subscribe(_ => heard++);
        using var last = new Recorder<SignalingMessage>(rig.Channel.Messages);
        var peer = await rig.ConnectedAsync(server);
        await last.NextAsync();

        subscription.Dispose();
        await peer.SendAsync(Rig.End(1));
        await last.NextAsync();

        heard.Should().Be(1);
    }
}
