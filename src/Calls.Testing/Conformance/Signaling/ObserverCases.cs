using Calls.Signaling;
using static Calls.Testing.SignalingConformance;

namespace Calls.Testing;

/// <summary>Observers that misbehave.</summary>
internal static class ObserverCases
{
    public static IReadOnlyList<ConformanceCase<ISignalingRig>> All =>
    [
        Of("An_observer_that_throws_stops_nobody", "An observer that throws keeps no message from the others, and ends no connection.", async trial =>
        {
            using var thrower = trial.Channel.Messages.Subscribe(new ActObserver<SignalingMessage>(_ => throw new InvalidOperationException("An observer threw.")));
            Recording<SignalingMessage> later = new(trial.Channel.Messages);
            await trial.ConnectAsync().ConfigureAwait(false);
            await trial.SayAsync(1, 3).ConfigureAwait(false);
            await trial.Until(() => trial.Numbers.Count >= 3, "three messages", () => trial.Numbers).ConfigureAwait(false);
            await trial.Until(() => later.All.OfType<EndMessage>().Count() >= 3, "three messages for who subscribed after it", () => later.All).ConfigureAwait(false);
            trial.Equal([ChannelState.Connected], trial.States.TakeLast(1), "still Connected");
        }),
        Of("One_thing_is_raised_at_a_time", "Messages and statuses are never raised at the same time; a slow observer delays them and loses none.", async trial =>
        {
            using ManualResetEventSlim release = new();
            var raising = 0;
            var overlapped = false;
            using var slow = trial.Channel.Messages.Subscribe(new ActObserver<SignalingMessage>(message =>
            {
                if (message is not EndMessage)
                    return;
                overlapped |= Interlocked.Increment(ref raising) > 1;
                release.Wait(trial.Rig.Patience);
                Interlocked.Decrement(ref raising);
            }));
            await trial.ConnectAsync().ConfigureAwait(false);
            await trial.SayAsync(1, 3).ConfigureAwait(false);
            await trial.Until(() => Volatile.Read(ref raising) > 0, "the first message", () => trial.Messages.All).ConfigureAwait(false);
            await Trial.BeQuiet().ConfigureAwait(false);
            release.Set();
            await trial.Until(() => trial.Numbers.Count >= 3, "every message after the delay", () => trial.Numbers).ConfigureAwait(false);
            trial.Equal([1, 2, 3], trial.Numbers, "in order");
            trial.Check(!overlapped, "one at a time", "two at once");
        }),
        Of("An_observer_may_send", "SendAsync may be called from inside an observer.", async trial =>
        {
            using var sender = trial.Channel.Messages.Subscribe(new ActObserver<SignalingMessage>(message =>
            {
                if (message is EndMessage { Seq: 1 })
                    _ = trial.SendAsync(SignalingTrial.Numbered(2));
            }));
            await trial.ConnectAsync().ConfigureAwait(false);
            await trial.SayAsync(1, 1).ConfigureAwait(false);
            await trial.ArrivedUntilAsync(2, "what the observer sent").ConfigureAwait(false);
        }),
    ];
}
