namespace Calls.Browser.Tests.Harness;

/// <summary>What somebody holds in his hands.</summary>
public enum Device
{
    /// <summary>1440×900, mouse and keyboard.</summary>
    Desktop,

    /// <summary>390×844, touch.</summary>
    Phone,
}

/// <summary>The devices as browser contexts.</summary>
public static class Devices
{
    /// <summary>The context of a device.</summary>
    public static BrowserNewContextOptions Options(this Device device, ColorScheme scheme = ColorScheme.Light) => device switch
    {
        Device.Phone => new()
        {
            ViewportSize = new() { Width = 390, Height = 844 },
            IsMobile = true,
            HasTouch = true,
            DeviceScaleFactor = 2,
            ColorScheme = scheme,
            UserAgent = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
        },
        _ => new() { ViewportSize = new() { Width = 1440, Height = 900 }, ColorScheme = scheme },
    };
}
