using System.Collections.Concurrent;
using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Calls.Browser.Tests.Conformance;
using Calls.Browser.Tests.Harness;
using Calls.Signaling;
using Calls.Testing;

namespace Calls.Browser.Tests.Relays;

/// <summary>Two real managers whose media engines are the WebRTC of a real Chromium, and what leaves each of them for the other.</summary>
[Collection(OnStage.Name)]
public sealed class RelayTests(Stage stage)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task B44_relay_only_lets_no_address_leave_but_the_relays_neither_in_a_description_nor_by_trickle()
    {
        await using var turn = await TurnServer.StartAsync();
        var told = await TalkAsync(turn.Ice, relayOnly: true);
        told.Should().Contain(line => line.Contains(" typ relay", StringComparison.Ordinal), "the call was carried by the relay");
        told.Should().OnlyContain(line => line.Contains(" typ relay", StringComparison.Ordinal));
        told.Should().OnlyContain(line => !line.Contains(" raddr ", StringComparison.Ordinal) || line.Contains(" raddr 0.0.0.0 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task B45_a_relay_that_cannot_be_reached_leaves_a_call_that_connects_directly()
    {
        var told = await TalkAsync(TurnServer.Absent(), relayOnly: false);
        told.Should().Contain(line => line.Contains(" typ host", StringComparison.Ordinal));
        told.Should().NotContain(line => line.Contains(" typ relay", StringComparison.Ordinal));
    }

    /// <summary>A call that connects; every candidate that either side told the other, in descriptions and by trickle.</summary>
    private async Task<IReadOnlyCollection<string>> TalkAsync(IceServer server, bool relayOnly)
    {
        await using var aliceRig = await BrowserMediaRig.StartAsync(stage);
        await using var bobRig = await BrowserMediaRig.StartAsync(stage);
        var signaling = new InMemorySignaling();
        ConcurrentQueue<string> told = [];
        var (toAlice, toBob) = (signaling.Channel("alice"), signaling.Channel("bob"));
        using var first = toAlice.Messages.Subscribe(message => Note(message, told));
        using var second = toBob.Messages.Subscribe(message => Note(message, told));
        CallOptions options = new() { RelayOnly = relayOnly, IceServers = { server } };
        await using var alice = new CallManager(toAlice, aliceRig.Source, options);
        await using var bob = new CallManager(toBob, bobRig.Source, options);
        await alice.ConnectAsync().WaitAsync(Patience);
        await bob.ConnectAsync().WaitAsync(Patience);

        await alice.StartOutgoingAsync("bob", video: false).WaitAsync(Patience);
        await Until(bob, CallState.IncomingRinging);
        await bob.AcceptIncomingAsync(video: false).WaitAsync(Patience);
        await Until(alice, CallState.Connected);
        await Until(bob, CallState.Connected);
        await alice.EndAsync().WaitAsync(Patience);
        await Until(bob, CallState.Ended);
        return told;
    }

    private static void Note(SignalingMessage message, ConcurrentQueue<string> told)
    {
        IEnumerable<string> lines = message switch
        {
            OfferMessage offer => offer.Sdp.Split('\n'),
            AnswerMessage answer => answer.Sdp.Split('\n'),
            NegotiateMessage negotiate => negotiate.Sdp.Split('\n'),
            CandidatesMessage candidates => candidates.Candidates.Select(candidate => candidate.Candidate),
            _ => [],
        };
        foreach (var line in lines.Where(line => line.Contains(" typ ", StringComparison.Ordinal)))
            told.Enqueue(line);
    }

    private static Task<CallSnapshot> Until(CallManager manager, CallState state)
        => manager.Snapshots.FirstAsync(snapshot => snapshot.State == state).ToTask().WaitAsync(Patience);
}
