using System.Text;
using Calls.Signaling.Server;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Calls.Signaling.SignalR.Tests;

/// <summary>What the hub sends past SignalR's serializer, and when it may not.</summary>
public sealed class FrameTests
{
    [Theory]
    [InlineData("{\"type\":\"call:pong\"}")]
    [InlineData("{\"type\":\"call:error\",\"message\":\"# \\\"#\\\" ü 😀 \\u0000\"}")]
    [InlineData("[]")]
    public void A_framed_text_is_the_very_bytes_that_the_protocol_writes(string json)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        JsonHubProtocol protocol = new();

        var framed = new InvocationFrame(protocol).Around(utf8);

        framed.Utf8.ToArray().Should().Equal(protocol.GetMessageBytes(new InvocationMessage("Receive", [new HubText(utf8)])).ToArray());
        framed.Return();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_the_app_has_for_its_own_hubs_is_not_asked_to_carry_calls(bool binary)
    {
        await using var server = await HubServer.StartAsync(services: services => services.AddSingleton(typeof(HubLifetimeManager<>), typeof(BrokenBackplane<>)));
        await using var alice = await RawHub.ConnectAsync(server, "alice", binary);

        await alice.Connection.SendAsync("Send", SignalingArgument.Of(new PingMessage(), binary)).InTime();

        (await alice.NextAsync()).Should().BeOfType<PongMessage>();
    }

    [Fact]
    public async Task B39_what_a_client_with_stateful_reconnect_is_sent_while_its_connection_is_lost_arrives()
    {
        await using var server = await HubServer.StartAsync();
        await using var bob = await server.Client(HubKind.Json, "bob", "b1").ConnectedAsync();
        await using var alice = await server.Client(HubKind.Stateful, "alice", "a1").ConnectedAsync();
        TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Open = open.Task;
        server.Cut();

        await bob.Channel.SendAsync(new InitiateMessage { CallId = CallId.New(), ChatId = "alice", Sdp = "v=0" }).AsTask().InTime();
        await bob.Channel.SendAsync(new PingMessage()).AsTask().InTime();
        (await bob.Messages.NextAsync()).Should().BeOfType<PongMessage>("the server has taken both");
        open.SetResult();

        (await alice.Messages.NextAsync()).Should().BeOfType<OfferMessage>();
        alice.Statuses.All.Should().HaveCount(3, "nobody has seen the loss");
    }

    /// <summary>Carries nothing.</summary>
    private sealed class BrokenBackplane<THub>(ILogger<DefaultHubLifetimeManager<THub>> log) : DefaultHubLifetimeManager<THub>(log)
        where THub : Hub
    {
        public override Task OnConnectedAsync(HubConnectionContext connection) => throw new InvalidOperationException("The backplane is gone.");
    }
}
