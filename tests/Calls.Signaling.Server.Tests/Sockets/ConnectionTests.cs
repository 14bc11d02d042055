using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Calls.Signaling.Server.Tests;

public sealed class ConnectionTests
{
    [Fact]
    public async Task Shutdown_closes_every_socket_with_a_goodbye()
    {
        await using var server = await SignalingServer.StartAsync();
        using var alice = await server.ConnectAsync("alice", "a1");
        using var bob = await server.ConnectAsync("bob", "b1");
        var closing = new[] { ToldAsync(alice), ToldAsync(bob) };

        await server.StopAsync().WaitAsync(CallSocket.Patience);

        (await Task.WhenAll(closing)).Should().AllBeEquivalentTo(WebSocketCloseStatus.EndpointUnavailable);
    }

    [Fact]
    public async Task B41_a_ping_is_answered_so_that_a_browser_finds_a_half_open_socket()
    {
        await using var server = await SignalingServer.StartAsync();
        using var alice = await server.ConnectAsync("alice", "a1");
        await alice.SendTextAsync("""{"type":"call:ping"}""");
        (await alice.NextTextAsync()).Should().Be("""{"type":"call:pong"}""");
    }

    [Fact]
    public async Task A_clients_goodbye_is_answered()
    {
        await using var server = await SignalingServer.StartAsync();
        using var alice = await server.ConnectAsync("alice", "a1");
        var closed = server.Logs.NextAsync("A WebSocket closed.");
        await alice.CloseAsync();
        alice.Raw.CloseStatus.Should().Be(WebSocketCloseStatus.NormalClosure);
        await closed;
        server.Presence.Online.Should().BeEmpty();
    }

    [Fact]
    public async Task B41_a_half_open_socket_is_found_by_ping()
    {
        await using var server = await SignalingServer.StartAsync(o =>
        {
            o.KeepAliveInterval = TimeSpan.FromSeconds(1);
            o.KeepAliveTimeout = TimeSpan.FromSeconds(1);
        });
        using var silent = new TcpClient();
        await silent.ConnectAsync(server.Http.Host, server.Http.Port);
        var closed = server.Logs.NextAsync("A WebSocket closed.");
        await silent.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /calls?user=alice&device=a1 HTTP/1.1\r\nHost: {server.Http.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));

        await closed;

        server.Presence.Online.Should().BeEmpty();
    }

    [Fact]
    public async Task Presence_tells_who_is_online_and_each_change_once_a_user_not_once_a_device()
    {
        await using var server = await SignalingServer.StartAsync();
        using var patience = new CancellationTokenSource(CallSocket.Patience);
        using var alice = await server.ConnectAsync("alice", "a1");
        await using var changes = server.Presence.WatchAsync(patience.Token).GetAsyncEnumerator();

        (await NextAsync()).Should().Be(new PresenceChange(new OnlineUser("alice", "ALICE"), IsOnline: true));
        using var phone = await server.ConnectAsync("bob", "b1");
        (await NextAsync()).Should().Be(new PresenceChange(new OnlineUser("bob", "BOB"), IsOnline: true));
        using var tablet = await server.ConnectAsync("bob", "b2");
        using var phoneAgain = await server.ConnectAsync("bob", "b1");
        server.Presence.Online.Select(user => user.UserId).Should().BeEquivalentTo("alice", "bob");
        await phoneAgain.CloseAsync();
        await tablet.CloseAsync();
        (await NextAsync()).Should().Be(new PresenceChange(new OnlineUser("bob", "BOB"), IsOnline: false));
        server.Presence.IsOnline("bob").Should().BeFalse();

        async Task<PresenceChange> NextAsync()
        {
            (await changes.MoveNextAsync()).Should().BeTrue();
            return changes.Current;
        }
    }

    [Fact]
    public async Task Nothing_secret_is_logged_at_information_or_above()
    {
        const string Sdp = "v=0 secret-sdp";
        await using var server = await SignalingServer.StartAsync(plug: signaling => signaling.UseDirectory<FailingDirectory>());
        using var alice = await server.OpenAsync("user=secret-user&device=secret-device&token=secret-token&name=secret-name");
        await alice.SendAsync(new InitiateMessage { CallId = CallId.New(), ChatId = "secret-user-2", Sdp = Sdp });
        await alice.SendTextAsync("secret-nonsense");
        await alice.NextAsync<WelcomeMessage>();
        await alice.DrainAsync();
        using var http = new HttpClient();
        using var refused = await http.GetAsync(new Uri(server.Http, "/calls?user=secret-user&token=secret-token"));

        var lines = server.Logs.Lines.Where(line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Information).ToArray();
        lines.Should().Contain(line => line.Text.Contains("directory failed"), "the capture sees what is logged");
        lines.Should().NotContain(line => line.Text.Contains("secret"));
    }

    private sealed class FailingDirectory : ICallDirectory
    {
        public ValueTask<IReadOnlyList<CallMember>> GetMembersAsync(string callerId, string chatId, CancellationToken cancellationToken)
            => throw new InvalidOperationException("The database is away.");
    }

    private static async Task<WebSocketCloseStatus?> ToldAsync(CallSocket socket)
    {
        await socket.NextErrorAsync(ErrorCodes.ServerStopping);
        return await socket.NextCloseAsync();
    }
}
