using Calls.Blazor;
using Calls.Browser.Tests.Engine;
using Calls.Browser.Tests.Harness;
using Calls.Media;
using Calls.Testing;

namespace Calls.Browser.Tests.Conformance;

/// <summary>The browser engine in a page of a real Chromium. A refusal, a missing camera and an unanswered prompt are played in front of getUserMedia.</summary>
internal sealed class BrowserMediaRig : IMediaRig
{
    private readonly IBrowserContext _context;
    private readonly IPage _page;
    private readonly BrowserMediaSource _source;

    private BrowserMediaRig(IBrowserContext context, IPage page, BrowserMediaSource source) => (_context, _page, _source) = (context, page, source);

    public MediaRigAbilities Abilities => MediaRigAbilities.All;

    public IMediaSource Source => _source;

    /// <summary>The page that the engine is in.</summary>
    public IPage Page => _page;

    public static async Task<BrowserMediaRig> StartAsync(Stage stage)
    {
        var server = await stage.ServerAsync();
        // Small pictures: what they look like is not what is checked.
        var context = await (await stage.BrowserAsync()).NewContextAsync(PlainPage.Options());
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(server.Address, "tab.js").ToString());
        PageRuntime runtime = new(page);
        await runtime.StartAsync();
        await page.EvaluateAsync(CallPage.Resource("bridge.js"));
        BrowserMediaSource source = new(runtime, new() { VideoWidth = 320, VideoHeight = 240, VideoFrameRate = 10 });
        // The browser allows the microphone, and says so some time after the module is there.
        await source.PreloadAsync();
        await EngineTalk.Until(() => Task.FromResult(source.Capabilities.HasFlag(MediaCapabilities.PreConnect)), () => "the microphone is allowed");
        return new(context, page, source);
    }

    public ValueTask<int> OpenDevicesAsync() => new(_page.EvaluateAsync<int>("() => window.devices.open"));

    public ValueTask<int> OpeningsAsync() => new(_page.EvaluateAsync<int>("() => window.devices.openings"));

    // A case asks while it has one microphone open.
    public ValueTask<bool> GivesSoundAsync(ILocalMedia media) => new(_page.EvaluateAsync<bool>("() => window.devices.givesSound"));

    public ValueTask<string?> MicrophoneAsync(ILocalMedia media) => new(_page.EvaluateAsync<string?>("() => window.devices.microphone"));

    public ValueTask UnplugMicrophoneAsync(ILocalMedia media) => new(_page.EvaluateAsync("() => window.devices.unplugMicrophone()"));

    public ValueTask DenyMicrophoneAsync() => new(_page.EvaluateAsync("() => window.devices.deny()"));

    public ValueTask RemoveCameraAsync() => new(_page.EvaluateAsync("() => window.devices.removeCamera()"));

    public ValueTask LeavePromptOpenAsync() => new(_page.EvaluateAsync("() => window.devices.leavePromptOpen()"));

    public ValueTask AnswerPromptAsync() => new(_page.EvaluateAsync("() => window.devices.answerPrompt()"));

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _context.CloseAsync();
    }
}
