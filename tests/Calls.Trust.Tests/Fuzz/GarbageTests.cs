using System.Reactive.Linq;
using Calls.Signaling.Server;
using Calls.Tests.Properties;
using Microsoft.Extensions.Logging;

namespace Calls.Trust.Tests;

/// <summary>
/// X8: strangers send malformed, truncated, nested, huge and mutated traffic while two people talk and call each other again and again.
/// <c>CALLS_FUZZ_RUNS</c> makes it longer; a failure names its seed.
/// </summary>
public sealed class GarbageTests
{
    private const int SeedsBetweenCalls = 50;

    public static TheoryData<Transport> Transports => [Transport.WebSocket, Transport.HubJson, Transport.HubMessagePack];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task X8_whatever_is_sent_nobody_else_notices_and_the_server_is_done_with_it(Transport transport)
    {
        await using var host = await TokenHost.StartAsync(configure: Generous, level: LogLevel.Error);
        using Refusals refusals = new(host.Meters);
        var end = host.Time.GetUtcNow().AddDays(1);
        await using var people = await Talkers.MeetAsync(host, transport, end);
        var callId = await people.CallAsync();
        HashSet<string> codes = [];
        var runs = (ulong)FuzzRuns.At(cost: 60);
        for (var seed = 0UL; seed < runs; seed++)
        {
            codes.UnionWith(await SendAsync(host, transport, callId, end, seed));
            host.Logs.Lines.Should().BeEmpty("seed {0} must not be a failure of the server", seed);
            people.IsTalking(callId).Should().BeTrue("seed {0} is a stranger's", seed);
            if (seed % SeedsBetweenCalls != SeedsBetweenCalls - 1)
                continue;
            await people.HangUpAsync();
            callId = await people.CallAsync();
        }

        await people.HangUpAsync();
        people.Failures.Should().BeEmpty();
        // A hub that aborts a connection throws away what is on its way to the stranger, so the server's own count tells what was refused.
        string[] expected = [ErrorCodes.BadMessage, ErrorCodes.NotAllowed, ErrorCodes.TooLarge];
        refusals.Codes.Should().Contain(expected, "garbage that the rules never see tests little");
        if (transport == Transport.WebSocket)
            codes.Should().Contain(expected);
        await StrangersAreGoneAsync(host).InTime();
    }

    // First everybody who is there is told, then who goes.
    private static async Task StrangersAreGoneAsync(TokenHost host)
    {
        await foreach (var _ in host.Presence.WatchAsync())
        {
            if (host.Presence.Online.Count == 2)
                return;
        }
    }

    private static async Task<IReadOnlyList<string>> SendAsync(TokenHost host, Transport transport, CallId callId, DateTimeOffset end, ulong seed)
    {
        // The clock stands still, so a user's allowance of messages never grows again: each connection is another user's.
        var user = $"mallory{seed}";
        using var peer = await RawPeer.OpenAsync(host.Address, transport == Transport.WebSocket ? "/calls" : "/calls/hub", "m1", Tokens.For(user, end));
        try
        {
            // Three of four say goodbye, so that what they sent is read to the end; the others are cut off.
            byte[][] goodbye = seed % 4 == 3 ? [] : [Frames.Frame(Frames.Close, [])];
            foreach (var frame in Garbage.Of(transport, callId, seed).Concat(goodbye))
            {
                if (!await peer.SendAsync(frame))
                    break;
            }

            await peer.GoAsync();
            return [.. peer.Codes];
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"The server is not done with seed {seed}.", exception);
        }
    }

    // The limits are tested elsewhere; here what lies behind them is.
    private static void Generous(CallSignalingOptions options)
        => (options.Limits.MaxRingsPerTarget, options.Limits.MaxRingsPerUser, options.Limits.MessageBurst) = (10_000, 10_000, 100_000);
}
