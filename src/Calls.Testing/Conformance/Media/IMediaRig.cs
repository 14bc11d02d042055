using Calls.Media;

namespace Calls.Testing;

/// <summary>
/// What the author of an <see cref="IMediaSource"/> gives to <see cref="MediaConformance"/>: an engine whose sessions can reach one another, and a
/// view of its devices. One rig serves one case; whoever made it disposes of it afterwards.
/// </summary>
public interface IMediaRig : IAsyncDisposable
{
    /// <summary>What the rig can do. Cases that need more are left out.</summary>
    MediaRigAbilities Abilities { get; }

    /// <summary>
    /// The engine. A case makes all its sessions here; the case itself carries descriptions and candidates from one to the other. Cases about what
    /// <see cref="IMediaSource.Capabilities"/> does not name are left out.
    /// </summary>
    IMediaSource Source { get; }

    /// <summary>How long a case waits for what must happen. Default: 20 s; only a broken engine makes a case wait so long.</summary>
    TimeSpan Patience => TimeSpan.FromSeconds(20);

    /// <summary>How many devices are capturing now; 0 only where none is.</summary>
    ValueTask<int> OpenDevicesAsync();

    /// <summary>How often devices were asked for so far; microphone and camera asked for together count once.</summary>
    ValueTask<int> OpeningsAsync();

    /// <summary>Whether the microphone that <paramref name="media"/> opened gives sound now. Asked while it is open.</summary>
    ValueTask<bool> GivesSoundAsync(ILocalMedia media);

    /// <summary>From now on the user, or his system, refuses the microphone.</summary>
    ValueTask DenyMicrophoneAsync();

    /// <summary>From now on there is no camera.</summary>
    ValueTask RemoveCameraAsync();

    /// <summary>From now on opening devices waits for the user.</summary>
    ValueTask LeavePromptOpenAsync();

    /// <summary>The user allows all that waits for him; completes once the engine has heard of it.</summary>
    ValueTask AnswerPromptAsync();

    /// <summary>The id of the device that <paramref name="media"/> takes its sound from now.</summary>
    ValueTask<string?> MicrophoneAsync(ILocalMedia media) => throw new NotSupportedException();

    /// <summary>The microphone that <paramref name="media"/> takes its sound from is unplugged, and is no longer in the list.</summary>
    ValueTask UnplugMicrophoneAsync(ILocalMedia media) => throw new NotSupportedException();
}

/// <summary>What a media rig can do besides what every rig can.</summary>
[Flags]
public enum MediaRigAbilities
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>Refuses the microphone (<see cref="IMediaRig.DenyMicrophoneAsync"/>).</summary>
    Denial = 1,

    /// <summary>Takes the camera away (<see cref="IMediaRig.RemoveCameraAsync"/>).</summary>
    NoCamera = 2,

    /// <summary>Keeps the user's answer back (<see cref="IMediaRig.LeavePromptOpenAsync"/>).</summary>
    Prompt = 4,

    /// <summary>Has more than one microphone, says which is used, and unplugs it (<see cref="IMediaRig.UnplugMicrophoneAsync"/>).</summary>
    Microphones = 8,

    /// <summary>Everything.</summary>
    All = Denial | NoCamera | Prompt | Microphones,
}
