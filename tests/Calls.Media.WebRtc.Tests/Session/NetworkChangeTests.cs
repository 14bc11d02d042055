using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Calls.Signaling;
using Calls.Testing;

namespace Calls.Media.WebRtc.Tests.Session;

/// <summary>Two real managers in a call, and real interfaces that come and go. Alone in the process: everybody sees the machine's addresses.</summary>
[Collection(ManagersTests.Alone)]
public sealed class NetworkChangeTests : IAsyncLifetime
{
    private readonly EngineEnd _aliceEnd = new(440, clip: 1, options => options.IncludeLoopback = false);
    private readonly EngineEnd _bobEnd = new(660, clip: 2, options => options.IncludeLoopback = false);
    private readonly Network _first = new("calls-one", "10.99.1.1");
    private readonly ISignalingChannel _toAlice, _toBob;
    private readonly CallManager _alice, _bob;
    private Network _second = new("calls-two", "10.99.2.1");

    public NetworkChangeTests()
    {
        InMemorySignaling signaling = new();
        (_toAlice, _toBob) = (signaling.Channel("alice"), signaling.Channel("bob"));
        CallOptions options = new() { ReconnectAfter = TimeSpan.FromMilliseconds(200) };
        (_alice, _bob) = (new CallManager(_toAlice, _aliceEnd.Source, options), new CallManager(_toBob, _bobEnd.Source, options));
    }

    [Theory]
    [InlineData("10.99.2.1")]
    [InlineData("fd99:2::1")]
    public async Task B36_Where_another_network_is_there_already_the_call_goes_on_over_it(string address)
    {
        _second = new Network("calls-two", address);
        await CallAsync();
        await ComesToBothAsync(_second);
        await _first.GoAsync();
        await HearAsync();
        await _first.ComeAsync();
        await HearAsync();
    }

    [Fact]
    public async Task B36_A_cable_that_is_pulled_is_a_network_that_went()
    {
        await CallAsync();
        await ComesToBothAsync(_second);
        await _first.LoseLinkAsync();
        await HearAsync();
    }

    [Fact]
    public async Task B36_Where_every_network_goes_two_on_one_machine_talk_on()
    {
        await CallAsync();
        await _first.GoAsync();
        await HearAsync();
        await _second.ComeAsync();
        await HearAsync();
    }

    [Fact]
    public async Task B36_Where_nothing_comes_through_for_a_while_the_call_comes_back_with_the_next_network()
    {
        await CallAsync();
        await using (await PacketFilter.LoseAllAsync())
        {
            await _first.GoAsync();
            await _alice.Snapshots.FirstAsync(snapshot => snapshot.IsReconnecting).ToTask().WaitAsync(EngineCall.Patience);
            await _second.ComeAsync();
        }

        await HearAsync();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    private async Task CallAsync()
    {
        await _first.ComeAsync();
        await _alice.ConnectAsync().WaitAsync(EngineCall.Patience);
        await _bob.ConnectAsync().WaitAsync(EngineCall.Patience);
        await _alice.StartOutgoingAsync("bob", video: false).WaitAsync(EngineCall.Patience);
        await _bob.Snapshots.FirstAsync(snapshot => snapshot.State == CallState.IncomingRinging).ToTask().WaitAsync(EngineCall.Patience);
        await _bob.AcceptIncomingAsync(video: false).WaitAsync(EngineCall.Patience);
        await HearAsync();
    }

    /// <summary>A network comes, and each side has told the other that it is on it.</summary>
    private async Task ComesToBothAsync(Network network)
    {
        var told = Task.WhenAll(TellsAsync(_toAlice, network), TellsAsync(_toBob, network));
        await network.ComeAsync();
        await told.WaitAsync(EngineCall.Patience);
    }

    private static Task<CandidatesMessage> TellsAsync(ISignalingChannel channel, Network network) => channel.Messages.OfType<CandidatesMessage>()
        .FirstAsync(message => message.Candidates.Any(candidate => candidate.Candidate.Contains(network.Address, StringComparison.Ordinal))).ToTask();

    private Task HearAsync()
    {
        var (atAlice, atBob) = (_aliceEnd.Played, _bobEnd.Played);
        return EngineCall.Until(
            () => _alice.Current is { State: CallState.Connected, IsReconnecting: false } && _bob.Current is { State: CallState.Connected, IsReconnecting: false }
                && _aliceEnd.Played > atAlice + 50 && _bobEnd.Played > atBob + 50 && _aliceEnd.Tone == 660 && _bobEnd.Tone == 440,
            "each hears the other",
            () => $"alice hears {_aliceEnd.Tone} Hz, {_aliceEnd.Played - atAlice} frames, in {_alice.Current}; bob hears {_bobEnd.Tone} Hz, {_bobEnd.Played - atBob} frames, in {_bob.Current}");
    }
}
