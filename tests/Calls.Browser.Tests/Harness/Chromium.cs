namespace Calls.Browser.Tests.Harness;

/// <summary>Kinds of Chromium.</summary>
public enum BrowserKind
{
    /// <summary>Microphone and camera are there and allowed; sound may play by itself.</summary>
    Willing,

    /// <summary>Asks for microphone and camera, and nobody allows them but the tests.</summary>
    Asking,

    /// <summary>There is a microphone and no camera.</summary>
    WithoutCamera,

    /// <summary>Like <see cref="Willing"/>, with three cameras; the second one makes pictures that are not shown (depth).</summary>
    WithThreeCameras,
}

/// <summary>Starts the Chromium of the machine.</summary>
public static class Chromium
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--allow-loopback-in-peer-connection",
    ];

    /// <summary>Starts one.</summary>
    public static Task<IBrowser> StartAsync(IPlaywright playwright, BrowserKind kind) => playwright.Chromium.LaunchAsync(new()
    {
        ExecutablePath = "/usr/bin/chromium",
        ChromiumSandbox = false,
        Headless = true,
        Args = [.. Flags, .. Of(kind)],
    });

    private static string[] Of(BrowserKind kind) => kind switch
    {
        BrowserKind.Asking => ["--use-fake-device-for-media-stream", "--autoplay-policy=no-user-gesture-required"],
        BrowserKind.WithoutCamera =>
            ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream=device-count=0", "--autoplay-policy=no-user-gesture-required"],
        BrowserKind.WithThreeCameras =>
            ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream=device-count=3", "--autoplay-policy=no-user-gesture-required"],
        _ => ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", "--autoplay-policy=no-user-gesture-required"],
    };
}
