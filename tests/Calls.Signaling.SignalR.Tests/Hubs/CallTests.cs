using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Calls.Signaling.WebSockets;
using Calls.Testing;

namespace Calls.Signaling.SignalR.Tests;

/// <summary>Real managers on real connections, on either front end of one server.</summary>
public sealed class CallTests
{
    [Theory]
    [InlineData(null, HubKind.Json)]
    [InlineData(HubKind.Json, null)]
    [InlineData(null, HubKind.MessagePack)]
    [InlineData(HubKind.MessagePack, null)]
    [InlineData(HubKind.Json, HubKind.MessagePack)]
    [InlineData(HubKind.HostsJson, HubKind.Stateful)]
    [InlineData(HubKind.HostsMessagePack, null)]
    public async Task B1_B2_B3_a_user_of_one_front_end_calls_a_user_of_another(HubKind? from, HubKind? to)
    {
        await using var server = await HubServer.StartAsync();
        ScriptedMediaNetwork network = new();
        ScriptedMediaSource aliceMedia = new(network);
        ScriptedMediaSource bobMedia = new(network);
        await using var aliceClient = from is { } one ? server.Client(one, "alice", "a1") : null;
        await using var bobClient = to is { } other ? server.Client(other, "bob", "b1") : null;
        await using var alice = new CallManager((ISignalingChannel?)aliceClient?.Channel ?? WebSocket(server, "alice", "a1"), aliceMedia);
        await using var bob = new CallManager((ISignalingChannel?)bobClient?.Channel ?? WebSocket(server, "bob", "b1"), bobMedia);
        await alice.ConnectAsync().InTime();
        await bob.ConnectAsync().InTime();

        await alice.StartOutgoingAsync("bob", video: true).InTime();
        await Until(bob, CallState.IncomingRinging);
        await bob.AcceptIncomingAsync(video: true).InTime();
        await Until(alice, CallState.Connected);
        await Until(bob, CallState.Connected);
        await alice.EndAsync().InTime();
        await Until(alice, CallState.Ended);
        await Until(bob, CallState.Ended);

        aliceMedia.PacketsSent.Should().Be(1);
        bobMedia.PacketsSent.Should().Be(1);
    }

    [Fact]
    public async Task A_stateful_reconnect_bridges_a_loss_that_nobody_sees()
    {
        await using var server = await HubServer.StartAsync();
        await using var client = await server.Client(HubKind.Stateful, "alice", "a1").ConnectedAsync();

        server.Cut();
        await client.Channel.SendAsync(new PingMessage()).AsTask().InTime();

        (await client.Messages.NextAsync()).Should().BeOfType<PongMessage>();
        client.Statuses.All.Select(status => status.State).Should().Equal(ChannelState.Disconnected, ChannelState.Connecting, ChannelState.Connected);
    }

    private static WebSocketChannel WebSocket(HubServer server, string user, string device)
        => new(new WebSocketChannelOptions { Url = new Uri(server.Address, $"/calls?user={user}"), DeviceId = device });

    private static Task<CallSnapshot> Until(CallManager manager, CallState state)
        => manager.Snapshots.FirstAsync(snapshot => snapshot.State == state).ToTask().InTime();
}
