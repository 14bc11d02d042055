using Calls.Signaling;
using static Calls.Testing.SignalingConformance;

namespace Calls.Testing;

/// <summary>What happens when the connection breaks.</summary>
internal static class LossCases
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    public static IReadOnlyList<ConformanceCase<ISignalingRig>> All =>
    [
        Of("A_loss_is_told_with_its_cause", "A loss is the status Reconnecting with an error, then Connected without one.", async trial =>
        {
            await trial.ConnectAsync().ConfigureAwait(false);
            await trial.InTime(trial.Rig.CutAsync(), "The rig cuts.").ConfigureAwait(false);
            await trial.CameBackAsync().ConfigureAwait(false);
            var lost = trial.Statuses.All.First(status => status.State == ChannelState.Reconnecting);
            trial.Check(lost.Error is not null, "an error with Reconnecting", lost);
            trial.Check(trial.Statuses.All[^1].Error is null, "no error with Connected", trial.Statuses.All[^1]);
        }, SignalingRigAbilities.Losses),
        Of("It_connects_again_each_time", "However often the connection is lost, the channel connects again by itself, and messages pass both ways.", async trial =>
        {
            await trial.ConnectAsync().ConfigureAwait(false);
            for (var loss = 1; loss <= 3; loss++)
            {
                await trial.InTime(trial.Rig.CutAsync(), "The rig cuts.").ConfigureAwait(false);
                await trial.CameBackAsync(loss).ConfigureAwait(false);
            }

            await trial.SayAsync(1, 1).ConfigureAwait(false);
            await trial.Until(() => trial.Numbers.Count > 0, "a message after the losses", () => trial.States).ConfigureAwait(false);
            await trial.InTime(trial.SendAsync(SignalingTrial.Numbered(7)), "SendAsync completes.").ConfigureAwait(false);
            await trial.ArrivedUntilAsync(7, "the message sent after the losses").ConfigureAwait(false);
        }, SignalingRigAbilities.Losses),
        Of("Nothing_is_sent_a_second_time",
            "Across a loss each SendAsync completes or faults with SignalingException, and no message is sent twice: resending is the core's.", async trial =>
            {
                await trial.ConnectAsync().ConfigureAwait(false);
                var before = Enumerable.Range(1, 20).Select(number => trial.SendAsync(SignalingTrial.Numbered(number))).ToArray();
                await trial.InTime(trial.Rig.CutAsync(), "The rig cuts.").ConfigureAwait(false);
                foreach (var send in before)
                {
                    try
                    {
                        await trial.InTime(send, "SendAsync completes or faults.").ConfigureAwait(false);
                    }
                    catch (SignalingException)
                    {
                        // Perhaps not sent: the core sends it again after call:resume.
                    }
                }

                await trial.CameBackAsync().ConfigureAwait(false);
                await trial.InTime(trial.SendAsync(SignalingTrial.Numbered(1000)), "SendAsync completes.").ConfigureAwait(false);
                var arrived = await trial.ArrivedUntilAsync(1000, "the message sent after the loss").ConfigureAwait(false);
                trial.Equal(arrived.Distinct().Order(), arrived, "each at most once, in order");
            }, SignalingRigAbilities.Losses),
        Of("Sending_without_a_connection_faults_at_once", "SendAsync without a connection faults with SignalingException at once; nothing is kept for later.", async trial =>
        {
            await trial.Throws<SignalingException>(() => trial.SendAsync(SignalingTrial.Numbered(1)), "SignalingException before connecting").ConfigureAwait(false);
            await trial.ConnectAsync().ConfigureAwait(false);
            await trial.InTime(trial.SendAsync(SignalingTrial.Numbered(2)), "SendAsync completes.").ConfigureAwait(false);
            trial.Equal([2], await trial.ArrivedUntilAsync(2, "the message sent while connected").ConfigureAwait(false), "only what was sent while connected");
        }),
        Of("Sending_while_reconnecting_faults_at_once", "SendAsync while the channel reconnects faults with SignalingException at once.", async trial =>
        {
            await trial.ConnectAsync().ConfigureAwait(false);
            trial.Rig.Manner = ServerManner.Unreachable;
            await trial.InTime(trial.Rig.CutAsync(), "The rig cuts.").ConfigureAwait(false);
            await trial.StateAsync(ChannelState.Reconnecting, "the status Reconnecting").ConfigureAwait(false);
            await trial.Throws<SignalingException>(() => trial.SendAsync(SignalingTrial.Numbered(1)), "SignalingException").ConfigureAwait(false);
        }, SignalingRigAbilities.Losses),
        Of("It_backs_off_by_its_own_clock", "Between attempts the channel waits, and by its TimeProvider: attempts come when that clock moves.", async trial =>
        {
            await trial.ConnectAsync().ConfigureAwait(false);
            trial.Rig.Manner = ServerManner.Unreachable;
            await trial.InTime(trial.Rig.CutAsync(), "The rig cuts.").ConfigureAwait(false);
            await trial.StateAsync(ChannelState.Reconnecting, "the status Reconnecting").ConfigureAwait(false);
            await Trial.BeQuiet().ConfigureAwait(false);
            var still = trial.Rig.Attempts;
            trial.Check(still <= 3, "at most one attempt at once while the clock stands still", $"{still - 1} attempts");
            await trial.Until(() =>
            {
                trial.Clock.Advance(TimeSpan.FromSeconds(1));
                return trial.Rig.Attempts >= still + 3;
            }, "attempts as the clock moves", () => $"{trial.Rig.Attempts - still} attempts").ConfigureAwait(false);
        }, SignalingRigAbilities.Losses, clockStands: true),
        Of("Silence_is_a_loss", "A connection that is silent and does not answer is found, and counts as lost.", async trial =>
        {
            await trial.ConnectAsync().ConfigureAwait(false);
            var since = TimeProvider.System.GetTimestamp();
            await trial.Until(() => trial.States.Contains(ChannelState.Reconnecting), "the status Reconnecting", () => trial.States).ConfigureAwait(false);
            var took = TimeProvider.System.GetElapsedTime(since);
            trial.Check(took < trial.Rig.SilenceLimit + Slack, $"within {trial.Rig.SilenceLimit} (and {Slack} for a busy machine)", took);
        }, SignalingRigAbilities.Silence, ServerManner.Silent),
    ];
}
