using Calls.Browser.Tests.Harness;

namespace Calls.Browser.Tests.Scenarios;

/// <summary>Pictures of every screen, on both devices, light and dark, for people to look at: artifacts/screenshots.</summary>
[Collection(OnStage.Name)]
public sealed class ScreenshotTests(Stage stage)
{
    [Theory]
    [InlineData(Device.Desktop, ColorScheme.Light)]
    [InlineData(Device.Desktop, ColorScheme.Dark)]
    [InlineData(Device.Phone, ColorScheme.Light)]
    [InlineData(Device.Phone, ColorScheme.Dark)]
    public async Task The_screens_before_a_call(Device device, ColorScheme scheme)
    {
        await using var cast = await new Cast(stage).OnAsync("--Signaling:RingTimeout=00:00:43");
        var page = await CallPage.NewAsync(await cast.ContextAsync(options: device.Options(scheme)), "ada", device);
        await page.Page.GotoAsync(cast.Server.Address.ToString());
        await page.Element("name").WaitForAsync();
        await ShootAsync(page, device, scheme, "1-sign-in");
        await page.Element("name").FillAsync("?");
        await page.PressAsync("sign-in");
        await page.Element("sign-in-problem").WaitForAsync();
        await ShootAsync(page, device, scheme, "2-sign-in-problem");
        await page.SignInAsync(cast.Server);
        await ShootAsync(page, device, scheme, "3-nobody");
    }

    private static Task<byte[]> ShootAsync(CallPage page, Device device, ColorScheme scheme, string name)
        => page.Page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Screenshots, $"{name}-{device}-{scheme}.png".ToLowerInvariant()) });
}
