using System.Net;

namespace Calls.Signaling.WebSockets.Tests;

public sealed class TokenTests
{
    private const string Secret = "s3cr3t/+=&?";

    [Fact]
    public async Task A_token_is_asked_for_anew_for_every_connection_and_goes_into_the_header()
    {
        await using var server = await ScriptedServer.StartedAsync();
        var asked = 0;
        await using var rig = new Rig(server.Url, options => options.AccessTokenProvider = _ => new($"token-{++asked}"));

        var peer = await rig.ConnectedAsync(server);
        peer.Cut();
        await server.AcceptAsync();

        (await server.RequestAsync()).Authorization.Should().Be("Bearer token-1");
        var second = await server.RequestAsync();
        second.Authorization.Should().Be("Bearer token-2");
        second.Query.Should().NotContain("token");
    }

    [Fact]
    public async Task In_a_browser_the_token_goes_into_the_query()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url, options => options.AccessTokenProvider = _ => new(Secret), asBrowser: true);

        await rig.ConnectedAsync(server);

        var request = await server.RequestAsync();
        request.Query.Should().EndWith("&access_token=" + Uri.EscapeDataString(Secret));
        request.Authorization.Should().BeEmpty();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_a_token_nothing_is_sent(string? token)
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url, options => options.AccessTokenProvider = _ => new(token));

        await rig.ConnectedAsync(server);

        (await server.RequestAsync()).Authorization.Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task X7_neither_token_nor_address_nor_device_is_in_any_log_line_or_error(bool asBrowser)
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url, options =>
        {
            options.AccessTokenProvider = _ => new("s3cr3t-token");
            options.DeviceId = "my-device";
        }, asBrowser: asBrowser);

        (await rig.ConnectedAsync(server)).Cut();
        await server.AcceptAsync();
        await server.StopAsync();
        await rig.Statuses.UntilAsync(status => status.Error?.Message.Contains("reached", StringComparison.Ordinal) == true);
        server.RefuseWith = 401;
        await server.StartAsync();
        await rig.Statuses.UntilAsync(ChannelState.Closed);

        rig.Log.Text.Should().NotContain("s3cr3t").And.NotContain("127.0.0.1").And.NotContain("my-device").And.NotContain("alice");
        string.Join('\n', rig.Statuses.All.Select(status => status.Error)).Should().NotContain("s3cr3t");
    }

    [Fact]
    public async Task A_provider_that_throws_is_asked_again()
    {
        await using var server = await ScriptedServer.StartedAsync();
        var asked = 0;
        await using var rig = new Rig(server.Url, options =>
            options.AccessTokenProvider = _ => ++asked < 3 ? throw new HttpRequestException("down") : new("t"));

        await rig.ConnectedAsync(server);

        asked.Should().Be(3);
        rig.Statuses.All.Should().Contain(status => status.Error is SignalingException && status.Error.InnerException is HttpRequestException);
    }

    [Fact]
    public async Task A_provider_may_say_that_there_will_be_no_token()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url, options =>
            options.AccessTokenProvider = _ => throw new SignalingException("Signed out.") { IsRefused = true });

        (await rig.Channel.Invoking(channel => channel.ConnectAsync().InTime()).Should().ThrowAsync<SignalingException>())
            .Which.IsRefused.Should().BeTrue();
        rig.Statuses.All[^1].State.Should().Be(ChannelState.Closed);
    }

    [Fact]
    public async Task The_host_can_set_what_else_a_connection_needs()
    {
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url, options => options.ConfigureSocket = socket =>
        {
            socket.Cookies = new CookieContainer();
            socket.Cookies.Add(new Uri($"http://127.0.0.1:{server.Url.Port}"), new Cookie("session", "abc"));
        });

        await rig.ConnectedAsync(server);

        (await server.RequestAsync()).Cookie.Should().Be("session=abc");
    }
}
