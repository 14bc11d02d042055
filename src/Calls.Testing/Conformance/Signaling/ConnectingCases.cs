using Calls.Signaling;
using static Calls.Testing.SignalingConformance;

namespace Calls.Testing;

/// <summary>The first connection.</summary>
internal static class ConnectingCases
{
    public static IReadOnlyList<ConformanceCase<ISignalingRig>> All =>
    [
        Of("Connecting_tells_each_step", "The status is Disconnected, then Connecting, then Connected.", async trial =>
        {
            await trial.ConnectAsync().ConfigureAwait(false);
            trial.Equal([ChannelState.Connecting, ChannelState.Connected], trial.States.Where(state => state != ChannelState.Disconnected),
                "Connecting, then Connected");
        }),
        Of("The_status_of_now_comes_at_once", "Whoever subscribes to the status is told the current one at once.", async trial =>
        {
            Recording<ChannelStatus> before = new(trial.Channel.Status);
            trial.Equal([ChannelState.Disconnected], before.All.Select(status => status.State), "the status before connecting");
            await trial.ConnectAsync().ConfigureAwait(false);
            Recording<ChannelStatus> after = new(trial.Channel.Status);
            trial.Equal([ChannelState.Connected], after.All.Select(status => status.State), "the status after connecting");
        }),
        Of("The_welcome_comes_first", "The server's welcome is the first message, after the status Connected.", async trial =>
        {
            await trial.ConnectAsync().ConfigureAwait(false);
            await trial.SayAsync(1, 1).ConfigureAwait(false);
            await trial.Until(() => trial.Numbers.Count > 0, "A message arrives.", () => trial.Messages.All).ConfigureAwait(false);
            trial.Check(trial.Messages.All[0] is WelcomeMessage, "the welcome first", trial.Messages.All[0].GetType().Name);
        }),
        Of("Connecting_twice_is_one_connection", "ConnectAsync while connecting or connected waits for the same connection.", async trial =>
        {
            await trial.InTime(Task.WhenAll(trial.Channel.ConnectAsync(), trial.Channel.ConnectAsync()), "Both calls complete.").ConfigureAwait(false);
            await trial.ConnectAsync().ConfigureAwait(false);
            trial.Check(trial.Rig.Attempts == 1, "one attempt", trial.Rig.Attempts);
        }),
        Of("A_cancelled_connect_stops_trying",
            "A cancelled ConnectAsync ends with OperationCanceledException, and the channel is Disconnected and tries no more.", async trial =>
            {
                using CancellationTokenSource cancel = new();
                var connecting = trial.Channel.ConnectAsync(cancel.Token);
                await trial.Until(() => trial.Rig.Attempts > 0, "An attempt is made.", () => 0).ConfigureAwait(false);
                await cancel.CancelAsync().ConfigureAwait(false);
                await trial.Throws<OperationCanceledException>(() => connecting, "OperationCanceledException").ConfigureAwait(false);
                await trial.StateAsync(ChannelState.Disconnected, "the status Disconnected").ConfigureAwait(false);
                var attempts = trial.Rig.Attempts;
                await Trial.BeQuiet().ConfigureAwait(false);
                trial.Check(trial.Rig.Attempts == attempts, "no attempt after the cancel", trial.Rig.Attempts - attempts);
            }, SignalingRigAbilities.Losses, ServerManner.Unreachable),
        Of("A_late_cancel_leaves_the_connection", "A ConnectAsync that is cancelled while the channel is connected leaves the connection alone.", async trial =>
        {
            await trial.ConnectAsync().ConfigureAwait(false);
            try
            {
                await trial.InTime(trial.Channel.ConnectAsync(new CancellationToken(true)), "ConnectAsync completes.").ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Either is right: the connection is there, and the caller has cancelled.
            }

            await Trial.BeQuiet().ConfigureAwait(false);
            trial.Check(trial.States[^1] == ChannelState.Connected, "still Connected", trial.States);
        }),
    ];
}
