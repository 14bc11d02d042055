namespace Calls;

/// <summary>What a side sends as video.</summary>
public enum VideoSource : byte
{
    /// <summary>Nothing.</summary>
    Off,

    /// <summary>A camera.</summary>
    Camera,

    /// <summary>A screen, window or tab.</summary>
    Screen,
}
