using System.Net.WebSockets;
using System.Text;

namespace Calls.Signaling.Server.Tests;

public sealed class BadMessageTests
{
    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"type":"call:dance","callId":"c1"}""")]
    [InlineData("""{"type":"call:end"}""")]
    [InlineData("""{"type":"call:end","callId":"no spaces"}""")]
    [InlineData("""{"type":"call:end","callId":"c1","seq":0}""")]
    [InlineData("""{"type":"call:end","callId":"c1","reason":"\ud800"}""")]
    [InlineData("""{"type":"call:initiate","callId":"c1","chatId":"","sdp":"x"}""")]
    [InlineData("""{"type":"call:initiate","callId":"c1","chatId":"bob"}""")]
    [InlineData("""{"type":"call:ice-candidate","callId":"c1","candidates":[null]}""")]
    [InlineData("""{"type":"call:resume","calls":[null]}""")]
    [InlineData("""{"type":"call:end","callId":"c1","x":[[[[[[[[[[1]]]]]]]]]]}""")]
    public async Task B22_what_is_no_message_is_refused_and_the_connection_lives(string text)
    {
        await using var server = await SignalingServer.StartAsync();
        using var alice = await server.ConnectAsync("alice", "a1");
        await alice.SendTextAsync(text);
        await alice.NextErrorAsync(ErrorCodes.BadMessage);
        (await alice.DrainAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task B22_a_binary_message_is_refused_and_the_connection_lives()
    {
        await using var server = await SignalingServer.StartAsync();
        using var alice = await server.ConnectAsync("alice", "a1");
        await alice.SendBytesAsync(Encoding.UTF8.GetBytes("""{"type":"call:end","callId":"c1"}"""), WebSocketMessageType.Binary);
        await alice.NextErrorAsync(ErrorCodes.BadMessage);
        (await alice.DrainAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task B22_unknown_fields_are_passed_over_and_not_passed_on()
    {
        await using var server = await SignalingServer.StartAsync();
        using var alice = await server.ConnectAsync("alice", "a1");
        using var bob = await server.ConnectAsync("bob", "b1");
        await alice.SendTextAsync("""{"callId":"c1","surprise":{"a":[1]},"chatId":"bob","sdp":"x","type":"call:initiate"}""");
        (await bob.NextJsonAsync()).Select(field => field.Key).Should()
            .BeEquivalentTo("type", "callId", "seq", "from", "chatId", "video", "sdp", "ageMs", "ringTimeoutMs");
    }

    [Fact]
    public async Task X8_an_oversized_message_is_refused_and_the_connection_closes()
    {
        await using var server = await SignalingServer.StartAsync();
        using var alice = await server.ConnectAsync("alice", "a1");
        await alice.SendTextAsync($$"""{"type":"call:initiate","callId":"c1","chatId":"bob","sdp":"{{new string('x', 65_536)}}"}""");
        await alice.NextErrorAsync(ErrorCodes.TooLarge);
        (await alice.NextCloseAsync()).Should().Be(WebSocketCloseStatus.MessageTooBig);
    }

    [Fact]
    public async Task X8_the_size_counts_over_all_fragments_of_a_message_and_the_largest_one_passes()
    {
        await using var server = await SignalingServer.StartAsync();
        using var alice = await server.ConnectAsync("alice", "a1");
        using var bob = await server.ConnectAsync("bob", "b1");
        const string Head = """{"type":"call:initiate","callId":"c1","chatId":"bob","sdp":" """;
        var largest = Head + new string('x', 65_536 - Head.Length - 2) + "\"}";
        largest.Length.Should().Be(65_536);
        await alice.SendTextAsync(largest);
        (await bob.NextAsync<OfferMessage>()).Sdp.Should().EndWith("xxx");

        for (var i = 0; i < 65; i++)
            await alice.Raw.SendAsync(new byte[1024], WebSocketMessageType.Text, endOfMessage: false, CancellationToken.None);
        await alice.NextErrorAsync(ErrorCodes.TooLarge);
        (await alice.NextCloseAsync()).Should().Be(WebSocketCloseStatus.MessageTooBig);
    }
}
