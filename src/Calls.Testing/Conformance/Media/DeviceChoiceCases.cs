using Calls.Media;
using static Calls.Testing.MediaConformance;

namespace Calls.Testing;

/// <summary>Which devices are used.</summary>
internal static class DeviceChoiceCases
{
    public static IReadOnlyList<ConformanceCase<IMediaRig>> All =>
    [
        Of("Each_device_is_listed_once", "ListAsync tells each device once, and by name when devices were opened.", async trial =>
        {
            await trial.OpenAsync(new(Video: false)).ConfigureAwait(false);
            var all = await ListAsync(trial).ConfigureAwait(false);
            trial.Check(all.Any(one => one.Kind == MediaDeviceKind.Microphone), "a microphone", "none");
            trial.Check(all.DistinctBy(one => (one.Kind, one.Id)).Count() == all.Count, "each device once", all.Count);
            trial.Check(all.All(one => one is { Id.Length: > 0, Label.Length: > 0 }), "an id and a label of each", all.Count);
        }, capabilities: MediaCapabilities.DeviceChoice),
        Of("A_device_that_is_not_there_is_refused", "ChooseAsync with an unknown id throws the MediaException NoDevice, and nothing changes.", async trial =>
        {
            var chosen = Devices(trial).ChooseAsync(MediaDeviceKind.Microphone, "no-such-device");
            var failure = await trial.Throws<MediaException>(() => chosen, "MediaException").ConfigureAwait(false);
            trial.Check(failure.Failure == MediaFailure.NoDevice, "NoDevice", failure.Failure);
            trial.Check(Devices(trial).Chosen(MediaDeviceKind.Microphone) is null, "nothing chosen", Devices(trial).Chosen(MediaDeviceKind.Microphone));
        }, capabilities: MediaCapabilities.DeviceChoice),
        Of("A_device_chosen_before_a_call_is_opened", "What was chosen before OpenAsync is opened by it.", async trial =>
        {
            var (first, second) = await TwoAsync(trial).ConfigureAwait(false);
            await ChooseAsync(trial, first).ConfigureAwait(false);
            await ChooseAsync(trial, second).ConfigureAwait(false);
            await UsesAsync(trial, await trial.OpenAsync(new(Video: false)).ConfigureAwait(false), second).ConfigureAwait(false);
        }, MediaRigAbilities.Microphones, MediaCapabilities.DeviceChoice),
        Of("A_device_is_chosen_in_a_call_without_a_negotiation", "Inside a call ChooseAsync changes the device at once, and no offer is needed.", async trial =>
        {
            var (first, second) = await TwoAsync(trial).ConfigureAwait(false);
            var caller = await trial.SideAsync(devices: false).ConfigureAwait(false);
            var media = await trial.OpenAsync(new(Video: false)).ConfigureAwait(false);
            await trial.InTime(caller.Session.AttachAsync(media), "AttachAsync completes.").ConfigureAwait(false);
            var callee = await trial.SideAsync(devices: false).ConfigureAwait(false);
            await trial.AgreeAsync(caller, callee).ConfigureAwait(false);
            await trial.ConnectedAsync(caller, callee).ConfigureAwait(false);
            foreach (var one in new[] { first, second, first })
            {
                await ChooseAsync(trial, one).ConfigureAwait(false);
                await UsesAsync(trial, media, one).ConfigureAwait(false);
            }

            await Trial.BeQuiet().ConfigureAwait(false);
            trial.Check(!caller.All.OfType<NegotiationNeeded>().Any(), "no negotiation", "NegotiationNeeded");
        }, MediaRigAbilities.Microphones, MediaCapabilities.DeviceChoice),
        Of("A_chosen_device_that_is_unplugged_gives_way_to_the_default", "Where the chosen device is unplugged in a call, the default takes its place, and DeviceReplaced says so.", async trial =>
        {
            var (first, _) = await TwoAsync(trial).ConfigureAwait(false);
            var media = await trial.OpenAsync(new(Video: false)).ConfigureAwait(false);
            Recording<LocalMediaEvent> events = new(media.Events);
            await ChooseAsync(trial, first).ConfigureAwait(false);
            await trial.Rig.UnplugMicrophoneAsync(media).ConfigureAwait(false);
            await trial.Until(
                () => events.All.OfType<DeviceReplaced>().Any(one => one.Kind == MediaDeviceKind.Microphone),
                "DeviceReplaced", () => events.All).ConfigureAwait(false);
            trial.Check(Devices(trial).Chosen(MediaDeviceKind.Microphone) is null, "nothing chosen", Devices(trial).Chosen(MediaDeviceKind.Microphone));
            trial.Check(await trial.Rig.MicrophoneAsync(media).ConfigureAwait(false) != first, "another microphone", first);
            trial.Check(await trial.Rig.GivesSoundAsync(media).ConfigureAwait(false), "the microphone's sound", "none");
        }, MediaRigAbilities.Microphones, MediaCapabilities.DeviceChoice),
    ];

    private static IMediaDevices Devices(MediaTrial trial)
    {
        trial.Check(trial.Source.Devices is not null, "Devices", "null");
        return trial.Source.Devices!;
    }

    private static Task<IReadOnlyList<MediaDevice>> ListAsync(MediaTrial trial) => trial.InTime(Devices(trial).ListAsync(), "ListAsync completes.");

    private static async Task<(string First, string Second)> TwoAsync(MediaTrial trial)
    {
        string[] all = [.. (await ListAsync(trial).ConfigureAwait(false)).Where(one => one.Kind == MediaDeviceKind.Microphone).Select(one => one.Id)];
        trial.Check(all.Length > 1, "two microphones", all.Length);
        return (all[0], all[1]);
    }

    private static async Task ChooseAsync(MediaTrial trial, string id)
    {
        await trial.InTime(Devices(trial).ChooseAsync(MediaDeviceKind.Microphone, id), "ChooseAsync completes.").ConfigureAwait(false);
        trial.Check(Devices(trial).Chosen(MediaDeviceKind.Microphone) == id, id, Devices(trial).Chosen(MediaDeviceKind.Microphone));
    }

    private static async Task UsesAsync(MediaTrial trial, ILocalMedia media, string id)
    {
        var used = await trial.Rig.MicrophoneAsync(media).ConfigureAwait(false);
        trial.Check(used == id, id, used);
    }
}
