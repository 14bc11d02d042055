using Calls.Media;

namespace Calls.Blazor;

/// <summary>
/// Every sentence that the components show, in English. Derive from it to say something in another way or language, and register the result as
/// <see cref="CallTexts"/> or pass it as a parameter.
/// </summary>
public partial class CallTexts
{
    /// <summary>What is shown where a component is given nothing else.</summary>
    public static CallTexts English { get; } = new();

    /// <summary>The voice call button of a chat.</summary>
    public virtual string CallVoice(string name) => $"Call {name}";

    /// <summary>The video call button of a chat.</summary>
    public virtual string CallVideo(string name) => $"Video call {name}";

    /// <summary>Above the caller's name.</summary>
    public virtual string Incoming(bool video) => video ? "Incoming video call from" : "Incoming call from";

    /// <summary>Takes the call as it was asked for.</summary>
    public virtual string Accept => "Accept";

    /// <summary>Takes a video call without a camera.</summary>
    public virtual string AcceptVoice => "Voice only";

    /// <summary>Does not take the call.</summary>
    public virtual string Decline => "Decline";

    /// <summary>The name of the call screen, for screen readers.</summary>
    public virtual string CallWith(string name) => $"Call with {name}";

    /// <summary>The row of buttons of the call screen, for screen readers.</summary>
    public virtual string Controls => "Call controls";

    /// <summary>The browser asks for, or opens, microphone and camera.</summary>
    public virtual string OpeningMedia(bool video) => video ? "Turning on camera and microphone" : "Turning on the microphone";

    /// <summary>The offer is under way; nothing rings yet.</summary>
    public virtual string Calling => "Calling";

    /// <summary>The other side rings.</summary>
    public virtual string Ringing => "Ringing";

    /// <summary>Answered; the connection is being made.</summary>
    public virtual string Connecting => "Connecting";

    /// <summary>Connected, for screen readers; the running time stands beside it.</summary>
    public virtual string Connected => "Connected";

    /// <summary>The connection is being mended.</summary>
    public virtual string Reconnecting => "Reconnecting";

    /// <summary>The microphone button, which is pressed while muted.</summary>
    public virtual string Mute => "Mute";

    /// <summary>The camera button, which is pressed while the camera is on.</summary>
    public virtual string Camera => "Camera";

    /// <summary>The screen button, which is pressed while the screen is shared.</summary>
    public virtual string ShareScreen => "Screen";

    /// <summary>This side shares its screen.</summary>
    public virtual string YouShareScreen => "You share your screen";

    /// <summary>The other side shares its screen.</summary>
    public virtual string PeerSharesScreen(string name) => $"{name} shares the screen";

    /// <summary>The screen could not be shared; the call goes on.</summary>
    public virtual string NoScreen(MediaFailure failure) => failure switch
    {
        MediaFailure.NotSupported => "This browser cannot share a screen.",
        _ => "Your screen is not shared.",
    };

    /// <summary>Puts the call on hold.</summary>
    public virtual string Hold => "Hold";

    /// <summary>Takes the call off hold.</summary>
    public virtual string Resume => "Resume";

    /// <summary>This side holds the call.</summary>
    public virtual string OnHold => "On hold";

    /// <summary>The other side holds the call.</summary>
    public virtual string PutOnHold(string name) => $"{name} has put you on hold";

    /// <summary>The call could not be put on hold, or taken off it; it goes on.</summary>
    public virtual string NoHold => "The call could not be put on hold.";

    /// <summary>Shows the lists of devices, and their name for screen readers.</summary>
    public virtual string Devices => "Devices";

    /// <summary>What a device is used as, above its list.</summary>
    public virtual string Device(MediaDeviceKind kind) => kind switch
    {
        MediaDeviceKind.Microphone => "Microphone",
        MediaDeviceKind.Camera => "Camera",
        _ => "Speaker",
    };

    /// <summary>The first of each list: whatever the system uses.</summary>
    public virtual string DefaultDevice => "System default";

    /// <summary>A device whose name the browser does not tell yet, by its place in the list, from 1.</summary>
    public virtual string DeviceNumber(MediaDeviceKind kind, int number) => $"{Device(kind)} {number}";

    /// <summary>A device could not be used; the one before it is used on.</summary>
    public virtual string DeviceNotTaken(MediaFailure failure) => failure switch
    {
        MediaFailure.DeviceInUse => "Another app is using that device.",
        MediaFailure.NoDevice => "That device is gone.",
        _ => "That device could not be used.",
    };

    /// <summary>A chosen device is gone, and the default is used.</summary>
    public virtual string DeviceReplaced => "The device you chose is gone. Your default one is used instead.";

    /// <summary>Hangs up.</summary>
    public virtual string HangUp => "End call";

    /// <summary>Calls the same chat again.</summary>
    public virtual string CallAgain => "Call again";

    /// <summary>Closes the screen of a call that is over.</summary>
    public virtual string Close => "Close";

    /// <summary>Plays what the browser did not let play by itself.</summary>
    public virtual string Play => "Play";

    /// <summary>Why there is a <see cref="Play"/> button.</summary>
    public virtual string PlaybackBlocked => "Your browser holds the sound back.";

    /// <summary>This side is muted.</summary>
    public virtual string YouAreMuted => "You are muted";

    /// <summary>The other side is muted.</summary>
    public virtual string PeerIsMuted(string name) => $"{name} is muted";

    /// <summary>What the pictures of the code are, for those who do not see them.</summary>
    /// <param name="pictures">Their names, in order.</param>
    public virtual string Code(string pictures) => $"Security code: {pictures}";

    /// <summary>What the code is for.</summary>
    public virtual string CodeMeaning(string name) => $"Compare it with {name}, by voice. If both of you see the same, nobody else is on the line.";

    /// <summary>What a picture of the code is called.</summary>
    /// <param name="key">One of the names of <see cref="VerificationEmoji"/>.</param>
    public virtual string Picture(string key) => key;

    /// <summary>The camera or screen could not be turned on; the call goes on.</summary>
    public virtual string NoCamera(MediaFailure failure) => failure switch
    {
        MediaFailure.PermissionDenied => "The camera is blocked. Allow it for this page in your browser.",
        MediaFailure.NoDevice => "There is no camera.",
        MediaFailure.DeviceInUse => "Another app is using the camera.",
        MediaFailure.NotSupported => "This browser cannot do that.",
        _ => "The camera could not be turned on.",
    };

    /// <summary>The microphone is gone; the call goes on.</summary>
    public virtual string MicrophoneLost => "The microphone is gone. Plug it in again, or call again with another one.";

    /// <summary>What plays the other side's voice is gone; the call goes on.</summary>
    public virtual string SpeakerLost => "The speaker is gone. Plug it in again, or call again with another one.";
}
