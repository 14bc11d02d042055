using Calls.Browser.Tests.Harness;

namespace Calls.Browser.Tests.Scenarios;

/// <summary>The first call of a person whom the browser still has to ask for the microphone.</summary>
[Collection(OnStage.Name)]
public sealed class FirstQuestionTests(Stage stage)
{
    // The person allows it when he is asked, and not before.
    private const string AskFirst =
        "const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
        + "navigator.mediaDevices.getUserMedia = async wish => { await allow(); return await open(wish); };";

    [Fact]
    public async Task B12_who_allows_the_microphone_in_his_first_call_tells_the_addresses_of_his_machine_as_caller()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var caller = await AskedAsync(cast, "alice");
        var callee = await cast.PlainAsync("carol");
        await caller.SeesAsync(callee);

        await caller.CallAsync(callee, video: true);
        await callee.StateAsync("incoming_ringing");
        await callee.PressAsync("accept");

        await TalkWithoutHiddenNamesAsync(caller, callee);
    }

    [Fact]
    public async Task B12_who_allows_the_microphone_in_his_first_call_tells_the_addresses_of_his_machine_as_callee()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var callee = await AskedAsync(cast, "bob");
        var caller = await cast.PlainAsync("carol", calls: callee);

        await caller.PressAsync("call-video");
        await callee.StateAsync("incoming_ringing");
        await callee.PressAsync("accept");

        await TalkWithoutHiddenNamesAsync(callee, caller);
    }

    private static async Task<CallPage> AskedAsync(Cast cast, string name)
    {
        var page = await cast.PersonAsync(name, browser: BrowserKind.Asking, permissions: [], script: AskFirst);
        await page.Page.ExposeFunctionAsync("allow", () => page.Page.Context.GrantPermissionsAsync(["microphone", "camera"]));
        return page;
    }

    private static async Task TalkWithoutHiddenNamesAsync(CallPage asked, CallPage plain)
    {
        await Task.WhenAll(asked.StateAsync("connected"), plain.StateAsync("connected"));
        var candidates = await plain.AskAsync<string[]>(
            "plain.received.filter(message => message.type === 'call:ice-candidate').flatMap(message => message.candidates ?? [message.candidate]).map(one => one.candidate)");
        candidates.Should().Contain(candidate => candidate.Contains("typ host", StringComparison.Ordinal));
        candidates.Should().NotContain(candidate => candidate.Contains(".local", StringComparison.Ordinal));
        await asked.PressAsync("hang-up");
        await asked.EndAsync("hung-up");
    }
}
