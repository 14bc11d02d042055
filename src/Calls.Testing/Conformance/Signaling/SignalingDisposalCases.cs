using Calls.Signaling;
using static Calls.Testing.SignalingConformance;

namespace Calls.Testing;

/// <summary>The end of a channel.</summary>
internal static class SignalingDisposalCases
{
    public static IReadOnlyList<ConformanceCase<ISignalingRig>> All =>
    [
        Of("Disposing_closes_and_completes", "When DisposeAsync is done, the last status was Closed and both streams have completed, without an error.", async trial =>
        {
            await trial.ConnectAsync().ConfigureAwait(false);
            await DisposeAsync(trial).ConfigureAwait(false);
            trial.Equal([ChannelState.Closed], trial.States.TakeLast(1), "Closed at last");
            trial.Check(trial.Statuses.IsCompleted && trial.Messages.IsCompleted, "both streams completed", $"status {trial.Statuses.IsCompleted}, messages {trial.Messages.IsCompleted}");
            trial.Check(trial.Statuses.Error is null && trial.Messages.Error is null, "no OnError", trial.Statuses.Error ?? trial.Messages.Error);
        }),
        Of("Disposing_twice_is_harmless", "DisposeAsync may be called twice and in parallel; each call completes.", async trial =>
        {
            await trial.ConnectAsync().ConfigureAwait(false);
            await trial.InTime(Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => trial.Channel.DisposeAsync().AsTask()))), "Every DisposeAsync completes.")
                .ConfigureAwait(false);
            await DisposeAsync(trial).ConfigureAwait(false);
        }),
        Of("Disposing_before_connecting_is_clean", "A channel that never connected can be disposed of, and completes both streams.", async trial =>
        {
            await DisposeAsync(trial).ConfigureAwait(false);
            trial.Check(trial.Statuses.IsCompleted && trial.Messages.IsCompleted, "both streams completed", "not both");
            trial.Check(trial.Rig.Attempts == 0, "no attempt", trial.Rig.Attempts);
        }),
        Of("Disposing_ends_a_connect", "DisposeAsync while ConnectAsync waits ends that wait with ObjectDisposedException, and the trying.", async trial =>
        {
            var connecting = trial.Channel.ConnectAsync();
            await trial.Until(() => trial.Rig.Attempts > 0, "An attempt is made.", () => 0).ConfigureAwait(false);
            await DisposeAsync(trial).ConfigureAwait(false);
            await trial.Throws<ObjectDisposedException>(() => connecting, "ObjectDisposedException").ConfigureAwait(false);
            var attempts = trial.Rig.Attempts;
            await Trial.BeQuiet().ConfigureAwait(false);
            trial.Check(trial.Rig.Attempts == attempts, "no attempt afterwards", trial.Rig.Attempts - attempts);
        }, SignalingRigAbilities.Losses, ServerManner.Unreachable),
        Of("Disposing_ends_the_reconnecting", "DisposeAsync while the channel reconnects ends the trying.", async trial =>
        {
            await trial.ConnectAsync().ConfigureAwait(false);
            trial.Rig.Manner = ServerManner.Unreachable;
            await trial.InTime(trial.Rig.CutAsync(), "The rig cuts.").ConfigureAwait(false);
            await trial.StateAsync(ChannelState.Reconnecting, "the status Reconnecting").ConfigureAwait(false);
            await DisposeAsync(trial).ConfigureAwait(false);
            var (attempts, statuses) = (trial.Rig.Attempts, trial.States.Count);
            trial.Rig.Manner = ServerManner.Accepts;
            await Trial.BeQuiet().ConfigureAwait(false);
            trial.Check(trial.Rig.Attempts == attempts, "no attempt afterwards", trial.Rig.Attempts - attempts);
            trial.Check(trial.States.Count == statuses, "no status afterwards", trial.States);
        }, SignalingRigAbilities.Losses),
        Of("Disposing_inside_an_observer_does_not_hang", "DisposeAsync may be called and awaited from inside an observer.", async trial =>
        {
            TaskCompletionSource disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            using var disposer = trial.Channel.Messages.Subscribe(new ActObserver<SignalingMessage>(message =>
            {
                if (message is EndMessage && trial.Channel.DisposeAsync().AsTask().Wait(trial.Rig.Patience / 2))
                    disposed.TrySetResult();
            }));
            await trial.ConnectAsync().ConfigureAwait(false);
            await trial.SayAsync(1, 1).ConfigureAwait(false);
            await trial.InTime(disposed.Task, "DisposeAsync completes inside an observer.").ConfigureAwait(false);
            await trial.Until(() => trial.Messages.IsCompleted, "the streams complete", () => "not completed").ConfigureAwait(false);
        }),
        Of("A_disposed_channel_refuses", "After disposal ConnectAsync and SendAsync throw ObjectDisposedException.", async trial =>
        {
            await trial.ConnectAsync().ConfigureAwait(false);
            await DisposeAsync(trial).ConfigureAwait(false);
            await trial.Throws<ObjectDisposedException>(() => trial.Channel.ConnectAsync(), "ObjectDisposedException from ConnectAsync").ConfigureAwait(false);
            await trial.Throws<ObjectDisposedException>(() => trial.SendAsync(SignalingTrial.Numbered(1)), "ObjectDisposedException from SendAsync").ConfigureAwait(false);
        }),
        Of("A_disposed_channel_is_silent", "After disposal no observer hears anything, and a new one hears only the end.", async trial =>
        {
            await trial.ConnectAsync().ConfigureAwait(false);
            await DisposeAsync(trial).ConfigureAwait(false);
            var heard = trial.Messages.All.Count;
            try
            {
                await trial.InTime(trial.Rig.SendAsync(SignalingJson.Serialize(SignalingTrial.Numbered(1))), "The rig's server sends or fails.").ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not ConformanceException)
            {
                // The connection is gone, as it should be.
            }

            await Trial.BeQuiet().ConfigureAwait(false);
            trial.Check(trial.Messages.All.Count == heard, "no message", trial.Messages.All.Count - heard);
            Recording<SignalingMessage> late = new(trial.Channel.Messages);
            trial.Check(late.IsCompleted && late.All.Count == 0, "the end for a late observer", late.IsCompleted);
        }),
    ];

    private static Task DisposeAsync(SignalingTrial trial) => trial.InTime(trial.Channel.DisposeAsync().AsTask(), "DisposeAsync completes.");
}
