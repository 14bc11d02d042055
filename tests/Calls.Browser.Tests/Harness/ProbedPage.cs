namespace Calls.Browser.Tests.Harness;

/// <summary>A page of the sample in whatever browser, with one person in front of it and the probe (probe.js) in it.</summary>
/// <param name="user">Who is signed in.</param>
public abstract class ProbedPage(string user)
{
    /// <summary>Who is signed in.</summary>
    public string User => user;

    /// <summary>What the page's scripts threw or complained of.</summary>
    public List<string> PageErrors { get; } = [];

    /// <summary>Clicks, or taps on a phone.</summary>
    public abstract Task PressAsync(string testId);

    /// <summary>Waits until a JavaScript function returns true.</summary>
    public abstract Task WaitAsync(string function);

    /// <summary>Asks the probe.</summary>
    public abstract Task<T> AskAsync<T>(string expression);

    /// <summary>Waits until somebody is shown as online.</summary>
    public Task SeesAsync(ProbedPage other) => WaitAsync($"() => probe.byTestId('person-{other.User}')?.checkVisibility()");

    /// <summary>Calls somebody by his button.</summary>
    public Task CallAsync(ProbedPage other, bool video) => PressAsync($"call-{(video ? "video" : "voice")}-{other.User}");

    /// <summary>Waits for a state.</summary>
    public Task StateAsync(string state) => WaitAsync($"() => probe.byTestId('call-state')?.textContent === '{state}'");

    /// <summary>Waits until the page says how the call ended, and why.</summary>
    public Task EndAsync(string reason) => WaitAsync($"() => probe.byTestId('call-end')?.dataset.reason === '{reason}'");

    /// <summary>Waits until the call that is shown looks for its connection again.</summary>
    public Task ReconnectsAsync() => WaitAsync("() => probe.byTestId('call-screen').classList.contains('reconnecting')");

    /// <summary>Waits until it has found it; a call that is over has not.</summary>
    public Task GoesOnAsync() => WaitAsync("() => !probe.byTestId('call-screen').classList.contains('reconnecting') && probe.byTestId('call-state').textContent === 'connected'");

    /// <summary>The states that the page showed, in order.</summary>
    public Task<string[]> StatesAsync() => AskAsync<string[]>("probe.states");

    /// <summary>Waits for moving, coloured pictures from the other side.</summary>
    public async Task PictureAsync()
    {
        await WaitAsync("() => probe.frames > 10");
        var values = await AskAsync<int[]>("probe.picture()");
        values[0].Should().BeGreaterThan(60, "the remote picture is not black");
        (values[0] - values[1]).Should().BeGreaterThan(60, "the remote picture shows something");
    }

    /// <summary>Waits for sound from the other side that is above silence, and plays.</summary>
    public async Task SoundAsync()
    {
        await WaitAsync("async () => await probe.sound() > 0.001");
        await WaitAsync("() => { const audio = probe.byTestId('remote-audio'); return !audio.paused && audio.currentTime > 0; }");
    }
}
