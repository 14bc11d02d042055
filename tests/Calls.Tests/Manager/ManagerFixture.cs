using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Calls.Media;
using Calls.Signaling;
using Microsoft.Extensions.Time.Testing;

namespace Calls.Tests.Manager;

/// <summary>One manager on a scripted channel, scripted media and a clock that stands still.</summary>
internal sealed class ManagerFixture : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public ManagerFixture(CallOptions? options = null, Action<ScriptedChannel>? prepare = null, Action<ScriptedMedia>? prepareMedia = null)
    {
        prepareMedia?.Invoke(Media);
        prepare?.Invoke(Channel);
        Manager = new CallManager(Channel, Media, options, Time);
        Manager.Ends.Subscribe(end => Locked(Ends, end));
        Manager.Errors.Subscribe(error => Locked(Errors, error));
        Manager.MissedCalls.Subscribe(missed => Locked(Missed, missed));
        Manager.States.Subscribe(state => Locked(States, state));
    }

    public ScriptedChannel Channel { get; } = new();

    public ScriptedMedia Media { get; } = new();

    public FakeTimeProvider Time { get; } = new();

    public CallManager Manager { get; }

    public List<CallEnd> Ends { get; } = [];

    public List<CallError> Errors { get; } = [];

    public List<MissedCall> Missed { get; } = [];

    public List<CallState> States { get; } = [];

    public ScriptedSession Session => Media.Sessions.Last();

    public Task<CallSnapshot> Until(CallState state) => Until(snapshot => snapshot.State == state);

    public Task<CallSnapshot> Until(Func<CallSnapshot, bool> predicate)
        => Manager.Snapshots.FirstAsync(predicate).ToTask().WaitAsync(Patience);

    /// <summary>Everything posted before this call has been worked off.</summary>
    public async Task SettleAsync() => await Manager.RejectAsyncWhereNothingRings().WaitAsync(Patience);

    public async Task<CallId> ConnectOutgoingAsync(bool video = false)
    {
        var id = await AnswerOutgoingAsync(video);
        Session.RaiseState(MediaConnectionState.Connected);
        await Until(CallState.Connected);
        return id;
    }

    public async Task<CallId> AnswerOutgoingAsync(bool video = false)
    {
        var id = await Manager.StartOutgoingAsync("bob", video).WaitAsync(Patience);
        Channel.Receive(new AnswerMessage { CallId = id, Sdp = "remote-answer", From = new("bob", "phone", "Bob"), Seq = 1 });
        await Until(CallState.Connecting);
        return id;
    }

    public CallId Ring(bool video = false, string from = "bob")
    {
        var id = CallId.New();
        Channel.Receive(new OfferMessage
        {
            CallId = id, ChatId = from, Sdp = "remote-offer", Video = video, RingTimeoutMs = 45_000, From = new(from, "phone", "Bob"), Seq = 1,
        });
        return id;
    }

    public static Task Eventually(Func<bool> isTrue) => Task.Run(() => SpinWait.SpinUntil(isTrue, Patience).Should().BeTrue());

    public ValueTask DisposeAsync() => Manager.DisposeAsync();

    private static void Locked<T>(List<T> list, T item)
    {
        lock (list)
            list.Add(item);
    }
}

internal static class ManagerSettling
{
    /// <summary>A command that passes the mailbox and changes nothing, unless a call rings.</summary>
    public static Task RejectAsyncWhereNothingRings(this ICallManager manager)
        => manager.Current.State == CallState.IncomingRinging ? Task.CompletedTask : manager.RejectAsync();
}
