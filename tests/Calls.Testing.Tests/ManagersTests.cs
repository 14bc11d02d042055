using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;

namespace Calls.Testing.Tests;

/// <summary>Two real managers on signaling in memory and scripted media.</summary>
public class ManagersTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task B1_B2_B3_two_managers_ring_connect_and_hang_up_and_nothing_stays_open()
    {
        var signaling = new InMemorySignaling();
        var network = new ScriptedMediaNetwork();
        var accepted = false;
        var aliceMedia = new ScriptedMediaSource(network);
        var bobMedia = new ScriptedMediaSource(network) { HasConsent = () => Volatile.Read(ref accepted) };
        await using var alice = new CallManager(signaling.Channel("alice"), aliceMedia);
        await using var bob = new CallManager(signaling.Channel("bob"), bobMedia);
        await alice.ConnectAsync().WaitAsync(Patience);
        await bob.ConnectAsync().WaitAsync(Patience);

        await alice.StartOutgoingAsync("bob", video: true).WaitAsync(Patience);
        await Until(bob, CallState.IncomingRinging);
        bobMedia.DevicesOpened.Should().Be(0);
        Volatile.Write(ref accepted, true);
        await bob.AcceptIncomingAsync(video: false).WaitAsync(Patience);
        await Until(alice, CallState.Connected);
        await Until(bob, CallState.Connected);
        await bob.EndAsync().WaitAsync(Patience);
        await Until(alice, CallState.Ended);
        await Until(bob, CallState.Ended);

        bobMedia.ConsentViolations.Should().Be(0);
        foreach (var media in new[] { aliceMedia, bobMedia })
        {
            (media.DevicesOpened, media.SessionsMade, media.PacketsSent).Should().Be((1, 1, 1));
            SpinWait.SpinUntil(() => media.DevicesOpen == 0 && media.SessionsOpen == 0, Patience).Should().BeTrue();
        }
    }

    private static Task<CallSnapshot> Until(CallManager manager, CallState state)
        => manager.Snapshots.FirstAsync(snapshot => snapshot.State == state).ToTask().WaitAsync(Patience);
}
