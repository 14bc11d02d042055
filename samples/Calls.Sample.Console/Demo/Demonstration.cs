using Calls.Media.WebRtc;
using Calls.Sample.Console.Sound;
using Calls.Sample.Console.Wiring;
using Spectre.Console;

namespace Calls.Sample.Console.Demo;

/// <summary>
/// Two people, one process, everything real: a server on a port of 127.0.0.1, a WebSocket for each, and between the two ICE, DTLS and RTP over UDP. Each sends a tone
/// and listens for the other's.
/// </summary>
internal sealed class Demonstration(IAnsiConsole console, TimeProvider time)
{
    private const double AliceTone = 440;
    private const double BobTone = 660;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Plays a call of <paramref name="duration"/> and returns the exit code.</summary>
    public async Task<int> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(duration + Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await CallAsync(duration, both.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            console.WriteLine("The demonstration took too long.");
            return 1;
        }
    }

    private async Task<int> CallAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        StateLog log = new(console, time);
        await using var server = await DemoServer.StartAsync(cancellationToken);
        log.Line("server", "listens", server.Address.ToString());
        using ToneMeter aliceHears = new(), bobHears = new();
        await using var alice = CallClient.Create(new Account(server.Address, "alice"), Sending(AliceTone, aliceHears));
        await using var bob = CallClient.Create(new Account(server.Address, "bob"), Sending(BobTone, bobHears));
        using var aliceStates = log.Follow("alice", alice.Manager);
        using var bobStates = log.Follow("bob", bob.Manager);
        await Task.WhenAll(alice.Manager.ConnectAsync(cancellationToken), bob.Manager.ConnectAsync(cancellationToken));

        await alice.Manager.StartOutgoingAsync("bob", video: false, cancellationToken);
        await bob.Manager.UntilAsync(snapshot => snapshot.State == CallState.IncomingRinging, cancellationToken);
        await bob.Manager.AcceptIncomingAsync(video: false, cancellationToken);
        var sides = await Task.WhenAll(alice.Manager.UntilConnectedOrOverAsync(cancellationToken), bob.Manager.UntilConnectedOrOverAsync(cancellationToken));
        if (sides.Any(side => side.State != CallState.Connected))
            return 1;

        await Task.WhenAny(Task.Delay(duration, time, cancellationToken), alice.Manager.UntilOverAsync(cancellationToken));
        var quality = await Task.WhenAll(alice.Quality.ReadAsync(cancellationToken), bob.Quality.ReadAsync(cancellationToken));
        var codes = (Alice: alice.Manager.Current.VerificationCode, Bob: bob.Manager.Current.VerificationCode);
        await alice.Manager.EndAsync(cancellationToken);
        var ends = await Task.WhenAll(alice.Manager.UntilOverAsync(cancellationToken), bob.Manager.UntilOverAsync(cancellationToken));

        console.Write(QualityText.Table(("alice", quality[0]), ("bob", quality[1])));
        console.WriteLine($"alice reads {CodeText.Of(codes.Alice)}");
        console.WriteLine($"bob reads   {CodeText.Of(codes.Bob)}");
        console.WriteLine($"alice hears {aliceHears.Frequency:0} Hz, bob hears {bobHears.Frequency:0} Hz");
        var heard = IsNear(aliceHears.Frequency, BobTone) && IsNear(bobHears.Frequency, AliceTone);
        return heard && codes.Alice is not null && codes.Alice == codes.Bob && ends.All(end => end.End?.Reason is null or CallEndReason.HungUp) ? 0 : 1;
    }

    private static Devices Sending(double frequency, ToneMeter meter) => new() { Microphone = () => new ToneInput(frequency), Loudspeaker = () => meter };

    private static bool IsNear(double heard, double tone) => Math.Abs(heard - tone) < tone * 0.05;
}
