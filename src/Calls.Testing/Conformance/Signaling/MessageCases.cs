using System.Text;
using Calls.Signaling;
using static Calls.Testing.SignalingConformance;

namespace Calls.Testing;

/// <summary>Messages on one connection.</summary>
internal static class MessageCases
{
    private const int Limit = 64 * 1024;
    private const int Many = 200;

    public static IReadOnlyList<ConformanceCase<ISignalingRig>> All =>
    [
        Of("Messages_arrive_in_order", "While connected every message of the server arrives once and in order.", async trial =>
        {
            await trial.ConnectAsync().ConfigureAwait(false);
            await trial.SayAsync(1, Many).ConfigureAwait(false);
            await trial.Until(() => trial.Numbers.Count >= Many, "every message", () => trial.Numbers.Count).ConfigureAwait(false);
            trial.Equal(Enumerable.Range(1, Many), trial.Numbers, "every message once and in order");
        }),
        Of("Messages_leave_in_order", "SendAsync calls may overlap: messages leave in the order of the calls.", async trial =>
        {
            await trial.ConnectAsync().ConfigureAwait(false);
            var sends = Enumerable.Range(1, Many).Select(number => trial.SendAsync(SignalingTrial.Numbered(number))).ToArray();
            await trial.InTime(Task.WhenAll(sends), "Every SendAsync completes.").ConfigureAwait(false);
            trial.Equal(Enumerable.Range(1, Many), await trial.ArrivedUntilAsync(Many, "every message").ConfigureAwait(false), "every message once and in order");
        }),
        Of("A_message_of_64_KiB_is_sent", "A message of 64 KiB, the protocol's limit, reaches the server whole.", async trial =>
        {
            await trial.ConnectAsync().ConfigureAwait(false);
            var sent = SignalingTrial.Sized(Limit);
            await trial.InTime(trial.SendAsync(sent), "SendAsync completes.").ConfigureAwait(false);
            trial.Check(await trial.ArrivedAsync("the message").ConfigureAwait(false) is AnswerMessage { Sdp: var sdp } && sdp == sent.Sdp, "the same message", "another one");
        }),
        Of("A_message_of_64_KiB_is_received", "A message of 64 KiB, the protocol's limit, reaches the observers whole.", async trial =>
        {
            await trial.ConnectAsync().ConfigureAwait(false);
            var said = SignalingTrial.Sized(Limit);
            await trial.SayAsync(said).ConfigureAwait(false);
            await trial.SayAsync(1, 1).ConfigureAwait(false);
            await trial.Until(() => trial.Numbers.Count > 0, "the message after it", () => trial.States).ConfigureAwait(false);
            trial.Check(trial.Messages.All.OfType<AnswerMessage>().SingleOrDefault()?.Sdp == said.Sdp, "the same message", "none, or another one");
        }),
        Of("Text_that_is_no_message_is_dropped", "Text that is no message is dropped; the connection stays.",
            trial => PassOverAsync(trial, "no json", "{", "[]", "null", "", "{}", "{\"type\":7}", "{\"type\":\"call:end\"}"), SignalingRigAbilities.AnyText),
        Of("A_type_from_the_future_is_dropped", "A message of a type that this version does not know is dropped; the connection stays.",
            trial => PassOverAsync(trial, "{\"type\":\"call:hologram\",\"callId\":\"a\"}"), SignalingRigAbilities.AnyText),
        Of("A_field_from_the_future_is_passed_over", "A message with a field that this version does not know is taken without it.", async trial =>
        {
            await trial.ConnectAsync().ConfigureAwait(false);
            var text = Encoding.UTF8.GetString(SignalingJson.Serialize(SignalingTrial.Numbered(1)));
            await trial.InTime(trial.Rig.SendAsync(Encoding.UTF8.GetBytes(text[..^1] + ",\"hologram\":{\"size\":3}}")), "The rig's server sends.").ConfigureAwait(false);
            await trial.Until(() => trial.Numbers.Count > 0, "the message", () => trial.Messages.All).ConfigureAwait(false);
        }, SignalingRigAbilities.AnyText),
        Of("A_message_over_the_limit_ends_nothing",
            "A message over 64 KiB is not delivered, and the channel goes on, on this connection or a new one.", async trial =>
            {
                await trial.ConnectAsync().ConfigureAwait(false);
                await trial.SayAsync(SignalingTrial.Sized(Limit + 4096)).ConfigureAwait(false);
                await trial.Until(async () =>
                {
                    try
                    {
                        await trial.Rig.SendAsync(SignalingJson.Serialize(SignalingTrial.Numbered(1))).ConfigureAwait(false);
                    }
#pragma warning disable CA1031 // There may be no connection just now; how the rig says so is its own affair.
                    catch (Exception)
#pragma warning restore CA1031
                    {
                    }

                    return trial.Numbers.Count > 0;
                }, "a later message", () => trial.States).ConfigureAwait(false);
                trial.Check(!trial.Messages.All.OfType<AnswerMessage>().Any(), "the large message is dropped", "it was delivered");
            }, SignalingRigAbilities.AnyText | SignalingRigAbilities.Losses),
    ];

    private static async Task PassOverAsync(SignalingTrial trial, params string[] texts)
    {
        await trial.ConnectAsync().ConfigureAwait(false);
        await trial.SayAsync(1, 1).ConfigureAwait(false);
        foreach (var text in texts)
            await trial.InTime(trial.Rig.SendAsync(Encoding.UTF8.GetBytes(text)), "The rig's server sends.").ConfigureAwait(false);
        await trial.SayAsync(2, 2).ConfigureAwait(false);
        await trial.Until(() => trial.Numbers.Count > 1, "the messages before and after it", () => trial.States).ConfigureAwait(false);
        trial.Check(!trial.States.Contains(ChannelState.Reconnecting), "the connection stays", trial.States);
        trial.Check(trial.Messages.All.Count(message => message is not WelcomeMessage) == 2, "nothing but the two messages", trial.Messages.All);
    }
}
