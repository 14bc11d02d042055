namespace Calls.Blazor;

/// <summary>What is asked of the browser's camera, which gives what comes nearest. A call begins with half of the width and of the height, and has the whole
/// picture two seconds after it is connected.</summary>
public sealed class BrowserMediaOptions
{
    /// <summary>Width of the picture in pixels. 16 – 7,680; default 1,280.</summary>
    public int VideoWidth { get; set; } = 1280;

    /// <summary>Height of the picture in pixels. 16 – 4,320; default 720.</summary>
    public int VideoHeight { get; set; } = 720;

    /// <summary>Pictures a second. 1 – 120; default 30.</summary>
    public int VideoFrameRate { get; set; } = 30;

    internal string? Problem
        => VideoWidth is < 16 or > 7680 ? "VideoWidth is 16 to 7,680 pixels."
            : VideoHeight is < 16 or > 4320 ? "VideoHeight is 16 to 4,320 pixels."
            : VideoFrameRate is < 1 or > 120 ? "VideoFrameRate is 1 to 120 pictures a second."
            : null;
}
