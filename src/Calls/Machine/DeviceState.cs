namespace Calls.Machine;

/// <summary>What a side sends, or wants to: the microphone's mute and the picture's source.</summary>
/// <param name="Muted">Whether the microphone is muted.</param>
/// <param name="Video">What is sent as video.</param>
/// <param name="Held">Whether nothing of it is sent while the call is on hold; mute and picture stay what they are.</param>
internal readonly record struct DeviceWish(bool Muted, VideoSource Video, bool Held = false)
{
    /// <summary>What a side that has said nothing about it is taken to send: a microphone, and a camera in a call that its offer makes a video call.</summary>
    public static DeviceWish Assumed(bool video) => new(Muted: false, video ? VideoSource.Camera : VideoSource.Off);
}

/// <summary>
/// What the user wants of his devices, what they do, and whether an order is on its way. One order at a time: of a hundred toggles in
/// a row the last wins, and the devices are not asked a hundred times.
/// </summary>
internal readonly record struct DeviceState(DeviceWish Wanted, DeviceWish Actual, bool Busy)
{
    public bool IsSettled => !Busy && Wanted == Actual;

    public static DeviceState Wanting(bool video, bool muted = false)
    {
        var wish = new DeviceWish(muted, video ? VideoSource.Camera : VideoSource.Off);
        return new(wish, new(muted, VideoSource.Off), Busy: false);
    }
}
