using Calls.Media;
using Calls.Signaling;

namespace Calls.Machine.Rules;

/// <summary>Microphone and picture: opened once, changed one order at a time, and told to the peer when they have settled.</summary>
internal static class DeviceRules
{
    public static CallStep Opened(MachineState state, MediaOpened opened, MachineSettings settings)
    {
        var call = state.Call!;
        if (call.Media != MediaStage.Opening)
            return CallStep.Ignored(state);
        var wanted = opened.VideoFailure is null ? call.Devices.Wanted : call.Devices.Wanted with { Video = opened.Video };
        var callee = call.Role == CallRole.Callee;
        var (devices, told, order) = Settle(call, new(wanted, new(opened.Muted, opened.Video), Busy: false), isAnswered: false);
        var open = call with
        {
            Media = MediaStage.Open,
            Devices = devices,
            Told = told,
            RemoteApplied = callee,
            RemoteOffer = null,
            HeldRemote = callee ? [] : call.HeldRemote,
        };
        return CallStep.To(
            state with { Call = open },
            VideoTrouble(call, VideoSource.Camera, opened.VideoFailure),
            CallEffect.Media(MediaOrder.Connect),
            callee ? CallEffect.Media(MediaOrder.AnswerOffer, call.RemoteOffer) : CallEffect.Media(MediaOrder.CreateOffer),
            callee ? CallEffect.AddHeld(call.HeldRemote) : CallEffect.None,
            order);
    }

    public static CallStep ToggleMute(MachineState state, ToggleMuteCommand command, MachineSettings settings)
    {
        var call = state.Call!;
        var wanted = call.Devices.Wanted;
        return Want(state, call, wanted with { Muted = !wanted.Muted });
    }

    /// <summary>The camera on or off; in place of a screen that is shared.</summary>
    public static CallStep ToggleVideo(MachineState state, ToggleVideoCommand command, MachineSettings settings)
    {
        var call = state.Call!;
        var wanted = call.Devices.Wanted;
        return Want(state, call, wanted with { Video = wanted.Video == VideoSource.Camera ? VideoSource.Off : VideoSource.Camera });
    }

    /// <summary>The screen in place of the camera, which comes back after it if it was on.</summary>
    public static CallStep ToggleScreenShare(MachineState state, ToggleScreenShareCommand command, MachineSettings settings)
    {
        if (!settings.Capabilities.HasFlag(MediaCapabilities.ScreenShare))
            return CallStep.Refused(state, new("This media engine cannot share a screen."));
        var call = state.Call!;
        var wanted = call.Devices.Wanted;
        if (wanted.Video == VideoSource.Screen)
            return Want(state, call, wanted with { Video = AfterScreen(call) });
        var behind = call with { IsCameraBehindScreen = wanted.Video == VideoSource.Camera };
        return Want(state, behind, wanted with { Video = VideoSource.Screen });
    }

    private static VideoSource AfterScreen(CallData call) => call.IsCameraBehindScreen ? VideoSource.Camera : VideoSource.Off;

    public static CallStep Want(MachineState state, CallData call, DeviceWish wanted)
        => Settle(state, call, call.Devices with { Wanted = wanted });

    /// <summary>Where the devices did not do what was asked, and nothing else was asked since, the wish follows the fact.</summary>
    public static CallStep Set(MachineState state, DevicesSet set, MachineSettings settings)
    {
        var call = state.Call!;
        var wanted = call.Devices.Wanted;
        if (wanted.Muted == set.Asked.Muted)
            wanted = wanted with { Muted = set.Actual.Muted };
        if (wanted.Video == set.Asked.Video)
            wanted = wanted with { Video = set.Actual.Video };
        var follows = HoldRules.Follow(call with { Devices = new(wanted, set.Actual, Busy: false) }, set);
        if (set.Failure is null)
            return Settle(state, follows, follows.Devices);
        var trouble = set.Asked.Held == set.Actual.Held ? VideoTrouble(call, set.Asked.Video, set.Failure) : HoldRules.Trouble(call, set.Failure);
        return Settle(state, follows, follows.Devices, trouble);
    }

    /// <summary>
    /// A camera that was unplugged: the wish follows the fact. A share that the browser's own bar stopped: what was sent before it comes back.
    /// What the user asked for since is asked for still.
    /// </summary>
    public static CallStep VideoReported(MachineState state, LocalVideoReported reported, MachineSettings settings)
    {
        var call = state.Call!;
        var (wanted, actual) = (call.Devices.Wanted, call.Devices.Actual);
        var source = actual.Video;
        if (wanted.Video == source)
            wanted = wanted with { Video = source == VideoSource.Screen && reported.Video == VideoSource.Off ? AfterScreen(call) : reported.Video };
        var devices = call.Devices with { Wanted = wanted, Actual = actual with { Video = reported.Video } };
        return Settle(state, call, devices, VideoTrouble(call, source, reported.Cause));
    }

    public static CallStep LostReported(MachineState state, DeviceLostReported reported, MachineSettings settings)
        => CallStep.To(state, CallEffect.Trouble(new(
            state.Call!.Id, reported.Kind, reported.Kind == CallErrorKind.Speaker ? "The speaker is gone; the call goes on." : "The microphone is gone; the call goes on.", reported.Cause)));

    public static CallStep ReplacedReported(MachineState state, DeviceReplacedReported reported, MachineSettings settings)
        => CallStep.To(state, CallEffect.Trouble(
            new(state.Call!.Id, CallErrorKind.Device, $"The chosen {reported.Kind} is gone; the default is used in its place.", reported.Cause)));

    private static CallStep Settle(MachineState state, CallData call, DeviceState changed, CallEffect first = default)
    {
        if (call.Media != MediaStage.Open)
            return CallStep.To(state with { Call = call with { Devices = changed } }, first);
        var isAnswered = state.State == CallState.Connected || (state.State == CallState.Connecting && call.DescriptionSent);
        var (devices, told, last) = Settle(call, changed, isAnswered);
        return CallStep.To(state with { Call = call with { Devices = devices, Told = told } }, first, last);
    }

    /// <summary>What is to be done last with open devices: the next order where wish and fact differ; the peer is told where they agree.</summary>
    public static (DeviceState Devices, DeviceWish Told, CallEffect Last) Settle(CallData call, DeviceState devices, bool isAnswered)
    {
        if (devices.Busy)
            return (devices, call.Told, CallEffect.None);
        if (!devices.IsSettled)
            return (devices with { Busy = true }, call.Told, CallEffect.Media(MediaOrder.SetDevices, devices.Wanted));
        var actual = devices.Actual with { Held = call.IsOnHold };
        if (!isAnswered || call.Told == actual)
            return (devices, call.Told, CallEffect.None);
        return (devices, actual, CallEffect.Send(Message(call.Id, actual)));
    }

    /// <summary>What the peer is told of our devices.</summary>
    public static MediaStateMessage Message(CallId call, DeviceWish told) => new() { CallId = call, Muted = told.Muted, Video = told.Video, Hold = told.Held };

    /// <summary>No cause, no trouble.</summary>
    private static CallEffect VideoTrouble(CallData call, VideoSource source, MediaException? cause) => (source, cause) switch
    {
        (_, null) => CallEffect.None,
        (VideoSource.Screen, _) => CallEffect.Trouble(new(call.Id, CallErrorKind.Screen, "The screen is not shared; the call goes on.", cause)),
        _ => CallEffect.Trouble(new(call.Id, CallErrorKind.Video, "There is no picture from here; the call goes on.", cause)),
    };
}
