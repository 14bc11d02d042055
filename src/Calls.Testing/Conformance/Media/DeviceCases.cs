using Calls.Media;
using static Calls.Testing.MediaConformance;

namespace Calls.Testing;

/// <summary>Microphone and camera.</summary>
internal static class DeviceCases
{
    private static readonly bool[] MuteUnmuteMute = [true, false, true];
    private static readonly VideoSource[] OnOffOn = [VideoSource.Camera, VideoSource.Off, VideoSource.Camera];

    public static IReadOnlyList<ConformanceCase<IMediaRig>> All =>
    [
        Of("Opening_asks_once", "OpenAsync asks for the devices once, and they are open when it completes.", async trial =>
        {
            await trial.OpenAsync(new(Video: true)).ConfigureAwait(false);
            trial.Check(await trial.Rig.OpenDevicesAsync().ConfigureAwait(false) > 0, "open devices", "none");
            var openings = await trial.Rig.OpeningsAsync().ConfigureAwait(false);
            trial.Check(openings == 1, "one opening", openings);
        }, capabilities: MediaCapabilities.Video),
        Of("A_video_call_sends_the_camera", "Where a camera was wanted and is there, Video is Camera and VideoFailure is null.", async trial =>
        {
            var media = await trial.OpenAsync(new(Video: true)).ConfigureAwait(false);
            trial.Check(media.Video == VideoSource.Camera, "Camera", media.Video);
            trial.Check(media.VideoFailure is null, "no VideoFailure", media.VideoFailure?.Message);
        }, capabilities: MediaCapabilities.Video),
        Of("A_voice_call_opens_no_camera", "Where no camera was wanted, Video is Off, and that is no trouble.", async trial =>
        {
            var media = await trial.OpenAsync(new(Video: false)).ConfigureAwait(false);
            trial.Check(media.Video == VideoSource.Off, "Off", media.Video);
            trial.Check(media.VideoFailure is null, "no VideoFailure", media.VideoFailure?.Message);
        }),
        Of("Opened_muted_it_gives_no_sound", "A microphone that is opened muted gives no sound.", async trial =>
        {
            var media = await trial.OpenAsync(new(Video: false, Muted: true)).ConfigureAwait(false);
            trial.Check(!await trial.Rig.GivesSoundAsync(media).ConfigureAwait(false), "no sound", "sound");
        }),
        Of("Muting_and_unmuting_is_done_when_it_completes", "After SetMutedAsync the microphone gives no sound, or gives sound again.", async trial =>
        {
            var media = await trial.OpenAsync(new(Video: false)).ConfigureAwait(false);
            foreach (var muted in MuteUnmuteMute)
            {
                await trial.InTime(media.SetMutedAsync(muted), "SetMutedAsync completes.").ConfigureAwait(false);
                var sound = await trial.Rig.GivesSoundAsync(media).ConfigureAwait(false);
                trial.Check(sound == !muted, muted ? "no sound while muted" : "sound while not muted", sound ? "sound" : "none");
            }
        }),
        Of("The_camera_goes_on_and_off", "SetVideoAsync turns the camera on and off, and Video tells it when it completes.", async trial =>
        {
            var media = await trial.OpenAsync(new(Video: false)).ConfigureAwait(false);
            foreach (var video in OnOffOn)
            {
                await trial.InTime(media.SetVideoAsync(video), "SetVideoAsync completes.").ConfigureAwait(false);
                trial.Check(media.Video == video, video.ToString(), media.Video);
            }
        }, capabilities: MediaCapabilities.Video),
        Of("Held_devices_stay_open", "SetHoldAsync closes no device, and they give sound again when it is over.", async trial =>
        {
            var media = await trial.OpenAsync(new(Video: false)).ConfigureAwait(false);
            await trial.InTime(media.SetHoldAsync(true), "SetHoldAsync completes.").ConfigureAwait(false);
            trial.Check(await trial.Rig.OpenDevicesAsync().ConfigureAwait(false) > 0, "open devices while held", "none");
            await trial.InTime(media.SetHoldAsync(false), "SetHoldAsync completes.").ConfigureAwait(false);
            trial.Check(await trial.Rig.GivesSoundAsync(media).ConfigureAwait(false), "the microphone's sound", "none");
        }),
        Of("A_missing_camera_is_no_error", "Where the camera is missing, the microphone opens alone, Video is Off, and VideoFailure says why.", async trial =>
        {
            await trial.Rig.RemoveCameraAsync().ConfigureAwait(false);
            var media = await trial.OpenAsync(new(Video: true)).ConfigureAwait(false);
            trial.Check(media.Video == VideoSource.Off, "Off", media.Video);
            trial.Check(media.VideoFailure is { Failure: MediaFailure.NoDevice }, "the VideoFailure NoDevice", media.VideoFailure?.Failure);
            trial.Check(await trial.Rig.GivesSoundAsync(media).ConfigureAwait(false), "the microphone's sound", "none");
        }, MediaRigAbilities.NoCamera, MediaCapabilities.Video),
        Of("A_denied_microphone_is_told", "Where the microphone is refused, OpenAsync throws the MediaException PermissionDenied, and nothing is open.", async trial =>
        {
            await trial.Rig.DenyMicrophoneAsync().ConfigureAwait(false);
            var failure = await trial.Throws<MediaException>(() => trial.OpenAsync(new(Video: false)), "MediaException").ConfigureAwait(false);
            trial.Check(failure.Failure == MediaFailure.PermissionDenied, "PermissionDenied", failure.Failure);
            await trial.NoDeviceIsOpenAsync("no open device").ConfigureAwait(false);
        }, MediaRigAbilities.Denial),
        Of("A_cancelled_opening_ends_at_once", "A cancelled OpenAsync ends with OperationCanceledException, also while the user is asked.", async trial =>
        {
            await trial.Rig.LeavePromptOpenAsync().ConfigureAwait(false);
            using CancellationTokenSource cancel = new();
            var opening = trial.OpenAsync(new(Video: false), cancel.Token);
            await cancel.CancelAsync().ConfigureAwait(false);
            await trial.Throws<OperationCanceledException>(() => opening, "OperationCanceledException").ConfigureAwait(false);
        }, MediaRigAbilities.Prompt),
        Of("A_cancelled_opening_leaves_nothing_open", "What the user allows after OpenAsync was cancelled is closed.", async trial =>
        {
            await trial.Rig.LeavePromptOpenAsync().ConfigureAwait(false);
            using CancellationTokenSource cancel = new();
            var opening = trial.OpenAsync(new(Video: false), cancel.Token);
            await Trial.BeQuiet().ConfigureAwait(false);
            await cancel.CancelAsync().ConfigureAwait(false);
            await Task.WhenAny(opening, Trial.BeQuiet()).ConfigureAwait(false);
            await trial.Rig.AnswerPromptAsync().ConfigureAwait(false);
            await Trial.BeQuiet().ConfigureAwait(false);
            await trial.NoDeviceIsOpenAsync("no open device").ConfigureAwait(false);
            _ = opening.Exception;
        }, MediaRigAbilities.Prompt),
        Of("Disposing_devices_closes_them", "After ILocalMedia is disposed of, no device is open, also where a session still has it.", async trial =>
        {
            var side = await trial.SideAsync(devices: false).ConfigureAwait(false);
            var media = await trial.OpenAsync(new(Video: trial.Source.Capabilities.HasFlag(MediaCapabilities.Video))).ConfigureAwait(false);
            await trial.InTime(side.Session.AttachAsync(media), "AttachAsync completes.").ConfigureAwait(false);
            await trial.OfferAsync(side).ConfigureAwait(false);
            await trial.DisposeAsync(media).ConfigureAwait(false);
            await trial.NoDeviceIsOpenAsync("no open device").ConfigureAwait(false);
        }),
        Of("Disposing_devices_twice_is_harmless", "ILocalMedia may be disposed of twice.", async trial =>
        {
            var media = await trial.OpenAsync(new(Video: false)).ConfigureAwait(false);
            await trial.DisposeAsync(media).ConfigureAwait(false);
            await trial.DisposeAsync(media).ConfigureAwait(false);
        }),
    ];
}
