using System.Collections.Concurrent;
using System.Reactive.Disposables;
using Calls.Testing;

namespace Calls.Trust.Tests;

/// <summary>Two people who call each other again and again on the connections that they had from the start.</summary>
internal sealed class Talkers : IAsyncDisposable
{
    private readonly CallManager _alice;
    private readonly CallManager _bob;
    private readonly CompositeDisposable _listening;

    private Talkers(CallManager alice, CallManager bob, ISignalingChannel[] channels)
    {
        (_alice, _bob) = (alice, bob);
        _listening = new CompositeDisposable(
            [
                .. channels.Select(channel => channel.Status.Subscribe(status => Note(status.State is ChannelState.Reconnecting or ChannelState.Closed, status))),
                .. new[] { alice, bob }.Select(manager => manager.Errors.Subscribe(error => Note(true, error))),
            ]);
    }

    /// <summary>What went wrong for them: a connection that was lost, or an error.</summary>
    public ConcurrentQueue<object> Failures { get; } = new();

    public static async Task<Talkers> MeetAsync(TokenHost host, Transport transport, DateTimeOffset end)
    {
        ISignalingChannel[] channels = [Channel("alice"), Channel("bob")];
        ScriptedMediaNetwork network = new();
        CallManager alice = new(channels[0], new ScriptedMediaSource(network)), bob = new(channels[1], new ScriptedMediaSource(network));
        await alice.ConnectAsync().InTime();
        await bob.ConnectAsync().InTime();
        return new Talkers(alice, bob, channels);

        ISignalingChannel Channel(string user) => host.Channel(transport, "d1", () => Tokens.For(user, end));
    }

    public async Task<CallId> CallAsync()
    {
        await _alice.StartOutgoingAsync("bob", video: true).InTime();
        await _bob.UntilAsync(CallState.IncomingRinging);
        await _bob.AcceptIncomingAsync(video: true).InTime();
        await _bob.UntilAsync(CallState.Connected);
        return (await _alice.UntilAsync(CallState.Connected)).CallId!.Value;
    }

    public bool IsTalking(CallId callId) => new[] { _alice, _bob }.All(one => one.Current.State == CallState.Connected && one.Current.CallId == callId);

    public async Task HangUpAsync()
    {
        await _alice.EndAsync().InTime();
        await _bob.UntilAsync(CallState.Ended);
    }

    public async ValueTask DisposeAsync()
    {
        _listening.Dispose();
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
    }

    private void Note(bool isFailure, object what)
    {
        if (isFailure)
            Failures.Enqueue(what);
    }
}
