namespace Calls.Signaling.WebSockets.Tests;

public sealed class ConnectTests
{
    [Fact]
    public async Task Connecting_raises_connecting_then_connected_and_the_welcome_comes_first()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var order = new List<string>();
        rig.Channel.Status.Subscribe(status => order.Add(status.State.ToString()));
        rig.Channel.Messages.Subscribe(message => order.Add(message.GetType().Name));
        // Subscribed last, so that it is told last.
        using var last = new Recorder<SignalingMessage>(rig.Channel.Messages);

        var peer = await rig.ConnectedAsync(server);
        await peer.SendAsync(Rig.End(1));
        await last.UntilAsync(message => message is EndMessage);

        order.Should().Equal("Disconnected", "Connecting", "Connected", "WelcomeMessage", "EndMessage");
    }

    [Fact]
    public async Task A_late_subscriber_gets_the_current_status_at_once()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        await rig.ConnectedAsync(server);

        using var late = new Recorder<ChannelStatus>(rig.Channel.Status);

        late.All.Should().Equal(new ChannelStatus(ChannelState.Connected));
    }

    [Fact]
    public async Task Connects_at_the_same_time_share_one_connection_and_a_connect_while_connected_is_done_at_once()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => rig.Channel.ConnectAsync()))).InTime();
        rig.Channel.ConnectAsync().IsCompletedSuccessfully.Should().BeTrue();
        await server.AcceptAsync();
        await server.RequestAsync();

        server.RequestsLeft.Should().Be(0);
        rig.Statuses.States().Should().Equal(ChannelState.Disconnected, ChannelState.Connecting, ChannelState.Connected);
    }

    [Fact]
    public async Task A_server_that_is_down_is_tried_until_it_is_up_and_the_status_says_why()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await server.StopAsync();
        await using var rig = new Rig(server.Url);

        var connecting = rig.Channel.ConnectAsync();
        (await rig.Statuses.UntilAsync(status => status.Error is not null)).State.Should().Be(ChannelState.Connecting);
        connecting.IsCompleted.Should().BeFalse();
        await server.StartAsync();
        await connecting.InTime();

        rig.Statuses.States().Should().Equal(
            ChannelState.Disconnected, ChannelState.Connecting, ChannelState.Connecting, ChannelState.Connected);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task A_handshake_that_fails_with_another_status_is_tried_again(int status)
    {
        await using var server = await ScriptedServer.StartedAsync();
        server.RefuseWith = status;
        await using var rig = new Rig(server.Url);

        var connecting = rig.Channel.ConnectAsync();
        (await rig.Statuses.UntilAsync(status => status.Error is not null)).Error!.Message.Should().Contain($"{status}");
        server.RefuseWith = null;

        await connecting.InTime();
    }

    [Fact]
    public async Task A_server_that_does_not_answer_the_handshake_is_given_up_after_the_connect_timeout()
    {
        await using var silent = new HalfOpenServer(upgrades: false);
        var time = new RecordingTime();
        await using var rig = new Rig(silent.Url, time: time);

        var connecting = rig.Channel.ConnectAsync();
        await time.StartedAsync(TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromSeconds(10));

        (await rig.Statuses.UntilAsync(status => status.Error is not null)).Error!.Message.Should().Contain("10 s");
        connecting.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task A_server_that_upgrades_and_says_nothing_is_given_up_after_the_connect_timeout()
    {
        await using var silent = new HalfOpenServer(says: null);
        var time = new RecordingTime();
        await using var rig = new Rig(silent.Url, options => options.ConnectTimeout = TimeSpan.FromSeconds(7), time);

        await rig.Channel.ConnectAsync().InTime();
        await time.StartedAsync(TimeSpan.FromSeconds(7));
        await time.StartedAsync(TimeSpan.FromSeconds(7));
        time.Advance(TimeSpan.FromSeconds(7));

        (await rig.Statuses.UntilAsync(ChannelState.Reconnecting)).Error!.Message.Should().Contain("7 s");
        await time.StartedAsync(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task The_device_is_in_the_query_beside_what_the_address_had()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(new Uri(server.Url + "?tenant=a%20b"), options => options.DeviceId = "phone-1");

        await rig.ConnectedAsync(server);

        (await server.RequestAsync()).Query.Should().Be("?tenant=a%20b&device=phone-1");
        rig.Channel.DeviceId.Should().Be("phone-1");
    }

    [Fact]
    public async Task Without_a_device_id_each_channel_has_a_random_one_that_it_keeps_over_reconnects()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var one = new Rig(server.Url);
        await using var other = new Rig(server.Url);

        var peer = await one.ConnectedAsync(server);
        var first = (await server.RequestAsync()).Device;
        peer.Cut();
        await server.AcceptAsync();

        WireName.IsValid(first).Should().BeTrue();
        (await server.RequestAsync()).Device.Should().Be(first).And.Be(one.Channel.DeviceId);
        other.Channel.DeviceId.Should().NotBe(first);
    }
}
