using System.Net.WebSockets;
using System.Reactive.Linq;
using Calls.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Calls.Trust.Tests;

/// <summary>X7, X11: what a log would keep.</summary>
public sealed class SecretTests
{
    private const string TurnSecret = "n0rth-s3cret";

    public static TheoryData<Transport> Transports => [Transport.WebSocket, Transport.HubJson, Transport.HubMessagePack];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task X7_nothing_secret_of_a_whole_call_is_in_any_log_line(Transport transport)
    {
        await using var host = await TokenHost.StartAsync(signaling => signaling.UseTurnRestCredentials(turn =>
        {
            turn.Secret = TurnSecret;
            turn.Urls.Add("turn:turn.example:3478");
        }));
        var end = host.Time.GetUtcNow().AddDays(1);
        var (aliceToken, bobToken) = (Tokens.For("alice-in-chains", end), Tokens.For("bob-in-a-boat", end));
        var (aliceChannel, bobChannel) = (host.Channel(transport, "device-of-alice", () => aliceToken), host.Channel(transport, "device-of-bob", () => bobToken));
        List<SignalingMessage> heard = [];
        using var listening = aliceChannel.Messages.Merge(bobChannel.Messages).Synchronize(heard).Subscribe(heard.Add);
        ScriptedMediaNetwork network = new();
        await using (CallManager alice = new(aliceChannel, new ScriptedMediaSource(network), loggerFactory: host.Logs))
        await using (CallManager bob = new(bobChannel, new ScriptedMediaSource(network), loggerFactory: host.Logs))
        {
            await alice.ConnectAsync().InTime();
            await bob.ConnectAsync().InTime();
            await alice.StartOutgoingAsync("bob-in-a-boat", video: true).InTime();
            await bob.UntilAsync(CallState.IncomingRinging);
            await bob.AcceptIncomingAsync(video: true).InTime();
            await alice.UntilAsync(snapshot => snapshot is { State: CallState.Connected, VerificationCode: not null });
            await bob.UntilAsync(snapshot => snapshot is { State: CallState.Connected, VerificationCode: not null });
            await alice.ToggleMuteAsync().InTime();
            // What is refused is not written out either.
            var refused = aliceChannel.NextAsync<ErrorMessage>();
            await aliceChannel.SendAsync(new AnswerMessage { CallId = CallId.New(), Sdp = "a=fingerprint:sha-256 of-nobody" });
            await refused;
            await bob.EndAsync().InTime();
            await alice.UntilAsync(CallState.Ended);
        }

        WelcomeMessage[] welcomes;
        string[] numbers;
        lock (heard)
        {
            welcomes = [.. heard.OfType<WelcomeMessage>()];
            numbers = [.. heard.Select(message => (message as OfferMessage)?.Commitment ?? (message as AnswerMessage)?.Nonce ?? (message as RevealMessage)?.Nonce).OfType<string>().Distinct()];
        }

        numbers.Should().HaveCount(3);
        string[] secrets =
        [
            aliceToken, bobToken, TurnSecret, .. welcomes.SelectMany(welcome => welcome.IceServers).Select(server => server.Credential!), .. numbers,
            "a=fingerprint", "a=ice-ufrag", "candidate:", "typ host", "alice-in-chains", "bob-in-a-boat", "device-of-alice", "device-of-bob",
        ];
        var ours = host.Logs.Lines.Where(line => line.Category.StartsWith("Calls", StringComparison.Ordinal)).ToArray();
        ours.Should().NotBeEmpty().And.Contain(line => line.Level < LogLevel.Information);
        foreach (var secret in secrets)
            ours.Should().NotContain(line => line.Text.Contains(secret, StringComparison.OrdinalIgnoreCase), secret);
    }

    [Fact]
    public async Task X7_the_token_of_a_browser_that_stands_in_the_query_is_in_no_log_line()
    {
        await using var host = await TokenHost.StartAsync();
        var token = Tokens.For("alice", host.Time.GetUtcNow().AddHours(1));
        using ClientWebSocket browser = new();
        await browser.ConnectAsync(new UriBuilder(host.Address) { Scheme = "ws", Path = "/calls", Query = $"device=a1&access_token={token}" }.Uri, default).InTime();
        host.Logs.Lines.Should().NotContain(line => line.Text.Contains(token, StringComparison.Ordinal));
    }
}
