using Calls.Signaling.Server;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Signaling.SignalR.Tests;

/// <summary>The same rules as on a WebSocket, seen by a client that sends what it likes.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task B22_what_is_no_message_is_refused_and_the_connection_lives(bool binary)
    {
        await using var server = await HubServer.StartAsync();
        await using var alice = await RawHub.ConnectAsync(server, "alice", binary);
        foreach (object? nonsense in new object?[] { null, 7, "nonsense", "{\"type\":\"call:dance\"}", "{\"type\":\"call:end\",\"callId\":\"no spaces\"}" })
        {
            await alice.Connection.SendAsync("Send", nonsense).InTime();
            (await alice.NextAsync()).Should().BeOfType<ErrorMessage>().Which.Code.Should().Be(ErrorCodes.BadMessage);
        }

        await alice.Connection.SendAsync("Send", SignalingArgument.Of(new PingMessage(), binary)).InTime();
        (await alice.NextAsync()).Should().BeOfType<PongMessage>();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_may_come_as_its_text(bool binary)
    {
        await using var server = await HubServer.StartAsync();
        await using var alice = await RawHub.ConnectAsync(server, "alice", binary);

        await alice.Connection.SendAsync("Send", "{\"type\":\"call:ping\"}").InTime();

        (await alice.NextAsync()).Should().BeOfType<PongMessage>();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task X8_an_oversized_message_is_refused_and_the_connection_closes(bool binary)
    {
        await using var server = await HubServer.StartAsync();
        await using var alice = await RawHub.ConnectAsync(server, "alice", binary);
        InitiateMessage large = new() { CallId = CallId.New(), ChatId = "bob", Sdp = new string('x', 65_536) };

        await alice.Connection.SendAsync("Send", SignalingArgument.Of(large, binary)).InTime();

        (await alice.NextAsync()).Should().BeOfType<ErrorMessage>().Which.Code.Should().Be(ErrorCodes.TooLarge);
        await alice.Closed.InTime();
    }

    [Fact]
    public async Task X8_more_messages_than_a_user_may_send_are_refused()
    {
        await using var server = await HubServer.StartAsync(options => (options.Limits.MessagesPerSecond, options.Limits.MessageBurst) = (1, 2));
        await using var alice = await RawHub.ConnectAsync(server, "alice", binary: false);

        for (var i = 0; i < 3; i++)
            await alice.Connection.SendAsync("Send", SignalingArgument.Of(new PingMessage(), isBinary: false)).InTime();

        (await alice.NextAsync()).Should().BeOfType<PongMessage>();
        (await alice.NextAsync()).Should().BeOfType<PongMessage>();
        (await alice.NextAsync()).Should().BeOfType<ErrorMessage>().Which.Code.Should().Be(ErrorCodes.RateLimited);
    }

    [Fact]
    public async Task X8_more_nonsense_than_a_user_may_send_is_refused()
    {
        await using var server = await HubServer.StartAsync(options => options.Limits.MalformedPerMinute = 12);
        await using var alice = await RawHub.ConnectAsync(server, "alice", binary: false);

        for (var i = 0; i < 13; i++)
            await alice.Connection.SendAsync("Send", "nonsense").InTime();

        for (var i = 0; i < 12; i++)
            (await alice.NextAsync()).Should().BeOfType<ErrorMessage>().Which.Code.Should().Be(ErrorCodes.BadMessage);
        (await alice.NextAsync()).Should().BeOfType<ErrorMessage>().Which.Code.Should().Be(ErrorCodes.RateLimited);
    }

    [Fact]
    public async Task X8_a_slow_reader_is_closed()
    {
        await using var server = await HubServer.StartAsync(options =>
        {
            options.Limits.SendQueueLength = 8;
            options.CloseTimeout = TimeSpan.FromSeconds(0.2);
        });
        using System.Net.WebSockets.ClientWebSocket deaf = new();
        await deaf.ConnectAsync(new UriBuilder(server.Hub("bob")) { Scheme = "ws", Query = "user=bob&device=b1" }.Uri, CancellationToken.None).InTime();
        await deaf.SendAsync("{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray(), System.Net.WebSockets.WebSocketMessageType.Text, true, CancellationToken.None).InTime();
        await using var changes = server.Presence.WatchAsync().GetAsyncEnumerator();
        (await changes.MoveNextAsync().AsTask().InTime()).Should().BeTrue();
        changes.Current.IsOnline.Should().BeTrue();
        var connection = server.Services.GetRequiredService<ConnectionRegistry>().Find(new DeviceKey("bob", "b1"))!;
        EndMessage much = new() { CallId = CallId.New(), Reason = new string('x', 60_000) };
        var gone = changes.MoveNextAsync().AsTask();

        while (!gone.IsCompleted)
        {
            connection.Send(much);
            await Task.Yield();
        }

        (await gone).Should().BeTrue();
        changes.Current.IsOnline.Should().BeFalse();
    }

    [Theory]
    [InlineData("/calls/hub/negotiate?device=d1", 401)]
    [InlineData("/calls/hub/negotiate?user=alice", 400)]
    [InlineData("/calls/hub/negotiate?user=alice&device=no%20spaces", 400)]
    [InlineData("/calls/hub/negotiate?user=alice&device=d1", 200)]
    public async Task X6_the_hub_is_guarded_like_the_WebSocket(string path, int status)
    {
        await using var server = await HubServer.StartAsync();
        using HttpClient http = new();
        using var answer = await http.PostAsync(new Uri(server.Address, path + "&negotiateVersion=1"), null).InTime();
        ((int)answer.StatusCode).Should().Be(status);
    }

    [Fact]
    public async Task X7_a_page_of_a_foreign_origin_is_refused()
    {
        await using var server = await HubServer.StartAsync();
        using HttpClient http = new();
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(server.Address, "/calls/hub/negotiate?user=alice&device=d1&negotiateVersion=1"));
        request.Headers.Add("Origin", "https://evil.example");
        using var answer = await http.SendAsync(request).InTime();
        ((int)answer.StatusCode).Should().Be(403);
    }
}
