using System.Net.WebSockets;
using System.Reactive.Linq;
using Calls.Signaling;
using Calls.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Calls.Operations.Tests;

public sealed class ShutdownTests
{
    [Theory, ClassData(typeof(Places))]
    public async Task Clients_are_told_to_come_back_and_the_call_that_they_are_in_lives(Home home, Transport transport)
    {
        var port = OperatedHost.FreePort();
        ScriptedMediaNetwork network = new();
        await using var host = await OperatedHost.StartAsync(home, transport, port: port);
        await using var alice = await host.ManagerAsync("alice", network);
        await using var bob = await host.ManagerAsync("bob", network);
        await Waiting.TalkAsync(alice, bob);
        List<CallEnd> ended = [];
        using var ends = alice.Ends.Merge(bob.Ends).Subscribe(ended.Add);

        await host.StopAsync().InTime();
        host.Numbers.Sum("calls.server.refusals", "error.type=server-stopping").Should().Be(2);
        await using var next = await OperatedHost.StartAsync(home, transport, port: port);
        await next.Numbers.UntilAsync(now => now.Sum(
            "calls.server.active_connections", $"calls.transport={(transport == Transport.Hub ? "signalr" : "websockets")}") == 2);

        (alice.Current.State, bob.Current.State).Should().Be((CallState.Connected, CallState.Connected));
        ended.Should().BeEmpty();
    }

    [Theory, ClassData(typeof(Places))]
    public async Task The_last_word_of_a_server_that_stops_is_why(Home home, Transport transport)
    {
        await using var host = await OperatedHost.StartAsync(home, transport);
        await using var alice = await host.ConnectAsync("alice");
        var last = alice.NextAsync<ErrorMessage>();
        await host.StopAsync().InTime();
        (await last).Code.Should().Be(ErrorCodes.ServerStopping);
    }

    [Fact]
    public async Task Connections_are_told_at_the_pace_of_the_option_and_not_all_at_once()
    {
        FakeTimeProvider time = new();
        await using var host = await OperatedHost.StartAsync(Home.Memory, Transport.WebSocket, options => options.DrainPerSecond = 20, time: time);
        List<ISignalingChannel> channels = [];
        var told = 0;
        for (var i = 0; i < 5; i++)
        {
            channels.Add(await host.ConnectAsync($"user{i}"));
            channels[^1].Messages.OfType<ErrorMessage>().Subscribe(_ => Interlocked.Increment(ref told));
        }

        var stopping = host.StopAsync();
        foreach (var expected in new[] { 2, 4, 5 })
        {
            await host.Numbers.UntilAsync(now => now.Sum("calls.server.refusals", "error.type=server-stopping") == expected);
            stopping.IsCompleted.Should().BeFalse();
            time.Advance(TimeSpan.FromMilliseconds(100));
        }

        await stopping.InTime();
        told.Should().Be(5);
        foreach (var channel in channels)
            await channel.DisposeAsync();
    }

    [Fact]
    public async Task A_plain_WebSocket_reads_why_and_a_close_frame_that_says_going_away()
    {
        await using var host = await OperatedHost.StartAsync(Home.Memory, Transport.WebSocket);
        using ClientWebSocket plain = new();
        await plain.ConnectAsync(new UriBuilder(host.Address) { Scheme = "ws", Path = "/calls", Query = "user=plain&device=d1" }.Uri, default).InTime();
        var buffer = new byte[4096];
        await plain.ReceiveAsync(buffer, default).InTime();
        var stopping = host.StopAsync();

        var read = await plain.ReceiveAsync(buffer, default).InTime();
        SignalingJson.TryParse(buffer.AsSpan(0, read.Count), out var message, out _).Should().BeTrue();
        message.Should().BeOfType<ErrorMessage>().Which.Code.Should().Be("server-stopping");
        (await plain.ReceiveAsync(buffer, default).InTime()).CloseStatus.Should().Be(WebSocketCloseStatus.EndpointUnavailable);
        await plain.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default).InTime();
        await stopping.InTime();
    }
}
