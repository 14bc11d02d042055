namespace Calls.Signaling.WebSockets.Tests;

public sealed class OptionsTests
{
    [Theory]
    [InlineData(null, "*Url is missing*wss://example.com/calls*")]
    [InlineData("/calls", "*absolute*")]
    [InlineData("ftp://example.com/calls", "*ws:, wss:, http: or https:*")]
    [InlineData("wss://me:pass@example.com/calls", "*password*")]
    [InlineData("wss://example.com/calls#top", "*fragment*")]
    [InlineData("wss://example.com/calls?a=1&Device=x", "*set DeviceId*")]
    [InlineData("wss://example.com/calls?access_token=x", "*set AccessTokenProvider*")]
    public void An_address_that_cannot_be_used_is_refused_in_one_sentence_that_does_not_repeat_it(string? url, string sentence)
    {
        var options = new WebSocketChannelOptions { Url = url is null ? null : new Uri(url, UriKind.RelativeOrAbsolute) };

        var refusal = ((Func<object>)(() => new WebSocketChannel(options))).Should().Throw<ArgumentException>().WithMessage(sentence).Which;

        refusal.Message.Should().NotContain("me:pass");
    }

    [Fact]
    public void Every_wrong_option_is_named_at_once()
    {
        var options = new WebSocketChannelOptions
        {
            DeviceId = "no spaces",
            ConnectTimeout = TimeSpan.Zero,
            PingInterval = TimeSpan.FromMinutes(2),
            PongTimeout = Timeout.InfiniteTimeSpan,
            StableAfter = TimeSpan.FromHours(2),
            MaxMessageSize = 1023,
            SendQueueLimit = 0,
        };

        WebSocketChannelOptionsValidator.Problems(options).Should().HaveCount(8).And.OnlyContain(problem => problem.StartsWith("WebSocketChannelOptions."));
    }

    [Fact]
    public void The_defaults_need_an_address_only()
        => WebSocketChannelOptionsValidator.Problems(new() { Url = new Uri("wss://example.com/calls") }).Should().BeEmpty();

    [Theory]
    [InlineData("https://example.com/calls", "wss://example.com/calls?device=d")]
    [InlineData("http://example.com:5080/calls", "ws://example.com:5080/calls?device=d")]
    [InlineData("http://example.com/", "ws://example.com/?device=d")]
    [InlineData("wss://example.com:443/calls", "wss://example.com/calls?device=d")]
    [InlineData("ws://example.com:8080/calls?a=%20b", "ws://example.com:8080/calls?a=%20b&device=d")]
    [InlineData("ws://[::1]:5080/calls", "ws://[::1]:5080/calls?device=d")]
    public void Http_addresses_become_websocket_addresses(string url, string expected)
        => EndPointAddress.Of(new Uri(url), "d", null).AbsoluteUri.Should().Be(expected);

    [Fact]
    public void A_token_in_the_query_is_escaped()
        => EndPointAddress.Of(new Uri("wss://h/c"), "d", "a&b=c d").AbsoluteUri.Should().Be("wss://h/c?device=d&access_token=a%26b%3Dc%20d");

    [Fact]
    public async Task A_later_change_of_the_options_touches_no_channel_that_exists()
    {
        await using var server = await ScriptedServer.StartedAsync();
        var options = new WebSocketChannelOptions { Url = server.Url, DeviceId = "before" };
        await using var channel = new WebSocketChannel(options);

        options.DeviceId = "after";
        await channel.ConnectAsync().InTime();

        (await server.RequestAsync()).Device.Should().Be("before");
    }
}
