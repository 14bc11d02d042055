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
        await me.Element("call-code").Locator("summary").ClickAsync();
        await ShootAsync("g-code");
        await me.Element("call-code").Locator("summary").ClickAsync();
        await me.PressAsync("toggle-microphone");
        await me.Element("own-muted").WaitForAsync();
        await ShootAsync("7-muted");
        await me.PressAsync("toggle-microphone");
        await me.PressAsync("toggle-screen");
        await me.Element("own-screen").WaitForAsync();
        await me.WaitAsync("() => probe.byTestId('local-video').videoWidth > 0");
        await ShootAsync("c-own-screen");
        await me.PressAsync("toggle-screen");
        await other.PressAsync("toggle-screen");
        await me.Element("peer-screen").WaitForAsync();
        await ShootAsync("d-peer-screen");
        await other.PressAsync("toggle-screen");
        await me.PressAsync("toggle-devices");
        await me.Element("choose-microphone").WaitForAsync();
        await ShootAsync("g-devices");
        await me.PressAsync("toggle-devices");
        await me.PressAsync("toggle-hold");
        await me.Page.GetByText("On hold").WaitForAsync();
        await ShootAsync("e-hold");
        await me.PressAsync("toggle-hold");
        await other.PressAsync("toggle-hold");
        await me.Page.GetByText("has put you on hold").WaitForAsync();
        await ShootAsync("f-put-on-hold");
        await other.PressAsync("toggle-hold");
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
        await me.WaitAsync("() => getComputedStyle(probe.byTestId('remote-video')).visibility === 'hidden'");
        await ShootAsync("b-voice");

        Task<byte[]> ShootAsync(string name) => me.Page.ScreenshotAsync(
            new() { Path = Path.Combine(Repository.Screenshots, $"{name}-{device}-{scheme}.png".ToLowerInvariant()), Animations = ScreenshotAnimations.Disabled });
    }

    // A person instead of Chromium's green disc; the sound is still the fake microphone's.
    private const string DrawnCamera = """
        const open = MediaDevices.prototype.getUserMedia;
        MediaDevices.prototype.getUserMedia = async function (constraints) {
          const stream = await open.call(this, { audio: constraints.audio });
          const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
          const draw = canvas.getContext('2d');
          const [wall, light, coat, hair, skin] = location.search.includes('Ada')
            ? ['#cfd8e6', '#f4efe4', '#34507a', '#4a2f22', '#eac1a1'] : ['#d9e2d4', '#fbf3df', '#8a3f4d', '#1f1b1a', '#b9805c'];
          const round = (x, y, across, up) => { draw.beginPath(); draw.ellipse(x, y, across, up, 0, 0, 7); draw.fill(); };
          let turn = 0;
          setInterval(() => {
            turn += .04;
            const x = 320 + 5 * Math.sin(turn), y = 4 * Math.cos(turn / 2);
            const room = draw.createLinearGradient(0, 0, 640, 480);
            room.addColorStop(0, light); room.addColorStop(1, wall);
            draw.fillStyle = room; draw.fillRect(0, 0, 640, 480);
            draw.fillStyle = '#ffffff80'; draw.fillRect(40, 40, 120, 170); draw.fillRect(500, 70, 90, 130);
            draw.fillStyle = hair; round(x, 215 + y, 112, 130); draw.fillRect(x - 112, 215 + y, 224, 110);
            draw.fillStyle = coat; round(x, 480, 215, 150);
            draw.fillStyle = skin; draw.fillRect(x - 34, 290 + y, 68, 70); round(x, 360 + y, 40, 26); round(x, 225 + y, 84, 104);
            draw.fillStyle = hair; draw.beginPath(); draw.ellipse(x, 165 + y, 92, 62, 0, Math.PI, 0); draw.fill();
            draw.fillStyle = '#2b2220'; round(x - 32, 218 + y, 8, 9); round(x + 32, 218 + y, 8, 9);
            draw.strokeStyle = '#7d3b33'; draw.lineWidth = 5; draw.lineCap = 'round';
            draw.beginPath(); draw.arc(x, 256 + y, 30, .35, Math.PI - .35); draw.stroke();
          }, 40);
          if (constraints.video)
            stream.addTrack(canvas.captureStream(25).getVideoTracks()[0]);
          return stream;
        };
        """;

    [Fact]
    public async Task The_picture_of_the_readme()
    {
        await using var cast = await new Cast(stage).OnAsync("--Signaling:RingTimeout=00:01:10");
        var desktop = await CallPage.NewAsync(await cast.ContextAsync(options: new(Device.Desktop.Options()) { ViewportSize = new() { Width = 1000, Height = 640 } }), "ada");
        var phone = await CallPage.NewAsync(await cast.ContextAsync(options: Device.Phone.Options()), "grace", Device.Phone);
        await desktop.Page.AddInitScriptAsync(DrawnCamera);
        await phone.Page.AddInitScriptAsync(DrawnCamera);
        await desktop.Page.GotoAsync(new Uri(cast.Server.Address, "?user=Ada").ToString());
        await phone.Page.GotoAsync(new Uri(cast.Server.Address, "?user=Grace").ToString());
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
