using Calls.Signaling.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Calls.Trust.Tests;

/// <summary>X11: credentials that expire, for a real coturn.</summary>
public sealed class TurnCredentialTests
{
    private const string Secret = "n0rth-s3cret";

    [Fact]
    public async Task X11_coturn_takes_what_the_welcome_told_and_refuses_what_is_expired_or_made_with_another_secret()
    {
        await using var coturn = await Coturn.StartAsync(Secret);
        var good = await ServerOfAsync(Secret, TimeProvider.System);
        var foreign = await ServerOfAsync("s0uth-s3cret", TimeProvider.System);
        var expired = await ServerOfAsync(Secret, new Shifted(TimeSpan.FromMinutes(-11)));

        (await coturn.RelaysAsync(good.Username!, good.Credential!)).Should().BeTrue();
        (await TurnClient.AllocateAsync(coturn.Port, good.Username, good.Credential)).Should().Be(200);
        (await TurnClient.AllocateAsync(coturn.Port, foreign.Username, foreign.Credential)).Should().Be(401);
        (await TurnClient.AllocateAsync(coturn.Port, expired.Username, expired.Credential)).Should().Be(401);
        (await TurnClient.AllocateAsync(coturn.Port, good.Username!.Replace("alice", "mallory", StringComparison.Ordinal), good.Credential)).Should().Be(401);
    }

    [Theory]
    [InlineData(Transport.WebSocket)]
    [InlineData(Transport.HubJson)]
    public async Task X11_a_connection_that_lives_long_gets_fresh_credentials_before_the_old_ones_expire(Transport transport)
    {
        var lifetime = TimeSpan.FromHours(1);
        await using var host = await TokenHost.StartAsync(signaling => Use(signaling, Secret, lifetime));
        await using var channel = host.Channel(transport, "a1", () => Tokens.For("alice", host.Time.GetUtcNow().AddDays(30)));
        var first = channel.NextAsync<WelcomeMessage>();
        await channel.ConnectAsync().InTime();
        (await first).ExpiresIn.Should().Be(lifetime.TotalSeconds);
        var (start, second) = (host.Time.GetUtcNow(), channel.NextAsync<WelcomeMessage>());

        await host.Time.StartedAsync(lifetime * 0.7, lifetime * 0.9);
        host.Time.Advance(lifetime * 0.9);

        (await first).IceServers.Single().Username.Should().Be($"{(start + lifetime).ToUnixTimeSeconds()}:alice");
        (await second).IceServers.Single().Username.Should().Be($"{(start + (lifetime * 1.9)).ToUnixTimeSeconds()}:alice");
        (await second).IceServers.Single().Credential.Should().NotBe((await first).IceServers.Single().Credential);
    }

    [Theory]
    [InlineData("Secret", "", "turn:turn.example", 3600)]
    [InlineData("Urls", Secret, "stun:turn.example", 3600)]
    [InlineData("Lifetime", Secret, "turn:turn.example", 59)]
    [InlineData("Lifetime", Secret, "turn:turn.example", 604_801)]
    public async Task An_option_out_of_its_range_stops_the_host_at_start_and_the_secret_is_not_told(string option, string secret, string url, int seconds)
    {
        var start = () => TokenHost.StartAsync(signaling => signaling.UseTurnRestCredentials(turn =>
        {
            (turn.Secret, turn.Lifetime) = (secret, TimeSpan.FromSeconds(seconds));
            turn.Urls.Add(url);
        }));
        (await start.Should().ThrowAsync<OptionsValidationException>()).Which.Message.Should().Contain($"TurnRestOptions.{option}").And.NotContain(Secret);
    }

    private static ICallSignalingBuilder Use(ICallSignalingBuilder signaling, string secret, TimeSpan lifetime) => signaling.UseTurnRestCredentials(turn =>
    {
        (turn.Secret, turn.Lifetime) = (secret, lifetime);
        turn.Urls.Add("turn:127.0.0.1:3478");
    });

    private static async Task<IceServer> ServerOfAsync(string secret, TimeProvider time)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton(time);
        Use(services.AddCallSignaling(), secret, TimeSpan.FromMinutes(10));
        await using var provider = services.BuildServiceProvider();
        return (await provider.GetRequiredService<IIceServerProvider>().GetIceServersAsync("alice", default)).Single();
    }

    private sealed class Shifted(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
