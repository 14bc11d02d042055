using Calls.Signaling;
using static Calls.Testing.SignalingConformance;

namespace Calls.Testing;

/// <summary>A server that does not want this client.</summary>
internal static class RefusalCases
{
    public static IReadOnlyList<ConformanceCase<ISignalingRig>> All =>
    [
        Of("A_refusal_closes_the_channel", "Where the server refuses the client, ConnectAsync throws a SignalingException that says so, and the channel is Closed.", async trial =>
        {
            var refusal = await trial.Throws<SignalingException>(() => trial.Channel.ConnectAsync(), "SignalingException").ConfigureAwait(false);
            trial.Check(refusal.IsRefused, "IsRefused", false);
            await trial.StateAsync(ChannelState.Closed, "the status Closed").ConfigureAwait(false);
            trial.Check(trial.Statuses.All[^1].Error is SignalingException { IsRefused: true }, "the refusal with Closed", trial.Statuses.All[^1]);
        }, SignalingRigAbilities.Refusals, ServerManner.Refuses),
        Of("A_refusal_is_not_tried_again", "After a refusal the channel does not try again.", async trial =>
        {
            await trial.Throws<SignalingException>(() => trial.Channel.ConnectAsync(), "SignalingException").ConfigureAwait(false);
            await Trial.BeQuiet().ConfigureAwait(false);
            trial.Check(trial.Rig.Attempts == 1, "one attempt", trial.Rig.Attempts);
        }, SignalingRigAbilities.Refusals, ServerManner.Refuses),
        Of("A_refusal_after_a_loss_closes_the_channel", "Where the server refuses the client when it comes back, the channel is Closed, with the refusal.", async trial =>
        {
            await trial.ConnectAsync().ConfigureAwait(false);
            trial.Rig.Manner = ServerManner.Refuses;
            await trial.InTime(trial.Rig.CutAsync(), "The rig cuts.").ConfigureAwait(false);
            await trial.StateAsync(ChannelState.Closed, "the status Closed").ConfigureAwait(false);
            trial.Check(trial.Statuses.All[^1].Error is SignalingException { IsRefused: true }, "the refusal with Closed", trial.Statuses.All[^1]);
        }, SignalingRigAbilities.Refusals | SignalingRigAbilities.Losses),
    ];
}
