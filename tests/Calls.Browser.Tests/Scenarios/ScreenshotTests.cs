using Calls.Browser.Tests.Harness;

namespace Calls.Browser.Tests.Scenarios;

/// <summary>Pictures of every screen, on both devices, light and dark, for people to look at: artifacts/screenshots. With
/// <c>CALLS_UPDATE_PICTURES=1</c> the picture of the README is taken anew.</summary>
[Collection(OnStage.Name)]
public sealed class ScreenshotTests(Stage stage)
{
    [Theory]
    [InlineData(Device.Desktop, ColorScheme.Light)]
    [InlineData(Device.Desktop, ColorScheme.Dark)]
    [InlineData(Device.Phone, ColorScheme.Light)]
    [InlineData(Device.Phone, ColorScheme.Dark)]
    public async Task Every_screen(Device device, ColorScheme scheme)
    {
        // A server of its own, so that only these two are there.
        await using var cast = await new Cast(stage).OnAsync($"--Signaling:RingTimeout=00:01:0{(int)device * 2 + (scheme is ColorScheme.Dark ? 1 : 0)}");
        var me = await CallPage.NewAsync(await cast.ContextAsync(options: device.Options(scheme)), "ada-lovelace", device);
        await me.Page.GotoAsync(cast.Server.Address.ToString());
        await me.Element("name").WaitForAsync();
        await ShootAsync("1-sign-in");
        await me.Element("name").FillAsync("?");
        await me.PressAsync("sign-in");
        await me.Element("sign-in-problem").WaitForAsync();
        await ShootAsync("2-sign-in-problem");
        await me.Element("name").FillAsync("Ada Lovelace");
        await me.PressAsync("sign-in");
        await me.Element("nobody").WaitForAsync();
        await ShootAsync("3-nobody");

        var other = await CallPage.NewAsync(await cast.ContextAsync(), "grace-hopper");
        await other.Page.GotoAsync(cast.Server.Address.ToString());
        await other.Element("name").FillAsync("Grace Hopper");
        await other.PressAsync("sign-in");
        await Cast.MeetAsync(me, other);
        await ShootAsync("4-people");

        await me.CallAsync(other, video: true);
        await other.StateAsync("incoming_ringing");
        await me.WaitAsync("() => probe.byTestId('local-video')?.videoWidth > 0");
        await ShootAsync("5-calling");
        await other.PressAsync("accept");
        await Task.WhenAll(me.StateAsync("connected"), other.StateAsync("connected"));
        await me.PictureAsync();
        await ShootAsync("6-video");
        await me.PressAsync("toggle-microphone");
        await me.Element("own-muted").WaitForAsync();
        await ShootAsync("7-muted");
        await other.PressAsync("hang-up");
        await me.EndAsync("hung-up");
        await ShootAsync("8-ended");
        await Task.WhenAll(me.StateAsync("idle"), other.StateAsync("idle"));
        await ShootAsync("9-after");

        await other.CallAsync(me, video: true);
        await me.StateAsync("incoming_ringing");
        await ShootAsync("a-incoming");
        await me.PressAsync("accept-voice");
        await Task.WhenAll(me.StateAsync("connected"), other.StateAsync("connected"));
        await other.PressAsync("toggle-camera");
        await me.WaitAsync("() => Number(getComputedStyle(probe.byTestId('remote-video')).opacity) < 0.1");
        await ShootAsync("b-voice");

        Task<byte[]> ShootAsync(string name) => me.Page.ScreenshotAsync(
            new() { Path = Path.Combine(Repository.Screenshots, $"{name}-{device}-{scheme}.png".ToLowerInvariant()), Animations = ScreenshotAnimations.Disabled });
    }

    [Fact]
    public async Task The_picture_of_the_readme()
    {
        await using var cast = await new Cast(stage).OnAsync("--Signaling:RingTimeout=00:01:10");
        var desktop = await CallPage.NewAsync(await cast.ContextAsync(options: new(Device.Desktop.Options()) { ViewportSize = new() { Width = 1000, Height = 640 } }), "ada");
        var phone = await CallPage.NewAsync(await cast.ContextAsync(options: Device.Phone.Options()), "grace", Device.Phone);
        await desktop.SignInAsync(cast.Server);
        await phone.SignInAsync(cast.Server);
        await Cast.MeetAsync(desktop, phone);
        await desktop.CallAsync(phone, video: true);
        await phone.StateAsync("incoming_ringing");
        await phone.PressAsync("accept");
        await Task.WhenAll(desktop.StateAsync("connected"), phone.StateAsync("connected"));
        await desktop.PictureAsync();
        await phone.PictureAsync();

        var pictures = await Task.WhenAll(desktop.Page.ScreenshotAsync(), phone.Page.ScreenshotAsync());
        var frame = await (await cast.ContextAsync(options: new() { ViewportSize = new() { Width = 1360, Height = 704 } })).NewPageAsync();
        await frame.SetContentAsync($$"""
            <style>
              body { margin: 0; height: 704px; display: flex; gap: 32px; align-items: center; justify-content: center; background: #e8eeec; }
              img { display: block; height: 640px; border-radius: 18px; box-shadow: 0 12px 40px rgb(0 0 0 / 25%); }
            </style>
            <img src="data:image/png;base64,{{Convert.ToBase64String(pictures[0])}}"><img src="data:image/png;base64,{{Convert.ToBase64String(pictures[1])}}">
            """);
        var update = Environment.GetEnvironmentVariable("CALLS_UPDATE_PICTURES") == "1";
        var path = Path.Combine(update ? Path.Combine(Repository.Root, "docs") : Repository.Screenshots, "call.png");
        await frame.ScreenshotAsync(new() { Path = path });
        new FileInfo(path).Length.Should().BeGreaterThan(20_000);
    }
}
