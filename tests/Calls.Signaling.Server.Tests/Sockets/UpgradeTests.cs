using System.Globalization;
using System.Net;
using System.Net.WebSockets;

namespace Calls.Signaling.Server.Tests;

public sealed class UpgradeTests
{
    private const string Signed = "user=alice&device=a1";

    [Fact]
    public async Task A_request_that_is_no_websocket_is_400()
    {
        await using var server = await SignalingServer.StartAsync();
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(server.Http, "/calls?" + Signed));
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).Should().Contain("WebSocket");
    }

    [Theory]
    [InlineData("device=a1")]
    [InlineData("user=&device=a1")]
    public async Task X7_without_an_authenticated_user_it_is_401(string query)
    {
        await using var server = await SignalingServer.StartAsync();
        (await RefusedAsync(server, query)).Should().Be(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("user=alice")]
    [InlineData("user=alice&device=")]
    [InlineData("user=alice&device=a%20b")]
    [InlineData("user=alice&device=a&device=b")]
    [InlineData("user=alice&device=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task A_missing_or_ill_formed_device_is_400(string query)
    {
        await using var server = await SignalingServer.StartAsync();
        (await RefusedAsync(server, query)).Should().Be(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://app.example")]
    [InlineData("https://app.example:8443")]
    [InlineData("https://app.example.evil.example")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("null")]
    [InlineData("nonsense")]
    public async Task X7_a_foreign_origin_is_403(string origin)
    {
        await using var server = await SignalingServer.StartAsync(o => o.AllowedOrigins.Add("https://app.example"));
        (await RefusedAsync(server, Signed, origin)).Should().Be(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_own_host_an_allowed_origin_and_a_client_without_origin_may_connect()
    {
        await using var server = await SignalingServer.StartAsync(o => o.AllowedOrigins.Add("https://App.example/"));
        foreach (var origin in new[] { null, "https://app.example", $"http://127.0.0.1:{server.Http.Port}" })
        {
            using var socket = await server.OpenAsync(Signed, origin);
            await socket.NextAsync<WelcomeMessage>();
        }
    }

    [Fact]
    public async Task User_and_display_name_come_from_where_the_options_say()
    {
        await using var server = await SignalingServer.StartAsync(o =>
        {
            o.UserId = user => "tenant/" + user.FindFirst(System.Security.Claims.ClaimTypes.NameIdentifier)?.Value;
            o.DisplayName = _ => "Somebody";
        });
        using var socket = await server.OpenAsync(Signed);
        (await socket.NextAsync<WelcomeMessage>()).UserId.Should().Be("tenant/alice");
        server.Presence.Online.Should().Equal(new OnlineUser("tenant/alice", "Somebody"));
    }

    [Fact]
    public async Task One_device_too_many_is_429_but_a_known_one_may_come_back()
    {
        await using var server = await SignalingServer.StartAsync(o => o.Limits.MaxDevicesPerUser = 2);
        using var first = await server.ConnectAsync("alice", "a1");
        using var second = await server.ConnectAsync("alice", "a2");
        (await RefusedAsync(server, "user=alice&device=a3")).Should().Be(HttpStatusCode.TooManyRequests);
        using var again = await server.ConnectAsync("alice", "a2");
        using var bob = await server.ConnectAsync("bob", "b1");
    }

    [Fact]
    public async Task X7_a_connection_closes_when_its_token_expires()
    {
        await using var server = await SignalingServer.StartAsync();
        var expires = (server.Time.GetUtcNow() + TimeSpan.FromMinutes(5)).ToString("O", CultureInfo.InvariantCulture);
        using var alice = await server.OpenAsync($"{Signed}&expires={Uri.EscapeDataString(expires)}");
        (await alice.NextAsync<WelcomeMessage>()).ExpiresIn.Should().Be(300);

        server.Time.Advance(TimeSpan.FromMinutes(4));
        (await alice.DrainAsync()).Should().BeEmpty();
        server.Time.Advance(TimeSpan.FromMinutes(2));

        await alice.NextErrorAsync(ErrorCodes.AuthenticationExpired);
        (await alice.NextCloseAsync()).Should().Be(WebSocketCloseStatus.PolicyViolation);
        alice.Raw.CloseStatusDescription.Should().Be("authentication-expired");
    }

    private static async Task<HttpStatusCode> RefusedAsync(SignalingServer server, string query, string? origin = null)
    {
        using var client = new ClientWebSocket();
        client.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
            client.Options.SetRequestHeader("Origin", origin);
        var connect = () => client.ConnectAsync(server.Address(query), CancellationToken.None);
        await connect.Should().ThrowAsync<WebSocketException>();
        return client.HttpStatusCode;
    }
}
