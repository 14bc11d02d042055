using Calls.Browser.Tests.Harness;

namespace Calls.Browser.Tests.Scenarios;

/// <summary>A client that knows only the protocol's first eleven messages (PlainClient/plain.js) talks to the C# client.</summary>
[Collection(OnStage.Name)]
public sealed class PlainClientTests(Stage stage)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_plain_client_calls_the_CSharp_client(bool plainHangsUp)
    {
        await using var cast = await new Cast(stage).OnAsync();
        var person = await cast.PersonAsync("alice");
        var plain = await cast.PlainAsync("carol", calls: person);

        await plain.PressAsync("call-video");
        await person.StateAsync("incoming_ringing");
        await person.PressAsync("accept");

        await TalkAndHangUpAsync(person, plain, plainHangsUp);
        (await person.StatesAsync()).Should().StartWith(["idle", "incoming_ringing", "connecting", "connected", "ended"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_CSharp_client_calls_a_plain_client(bool plainHangsUp)
    {
        await using var cast = await new Cast(stage).OnAsync();
        var person = await cast.PersonAsync("alice");
        var plain = await cast.PlainAsync("carol");
        await person.SeesAsync(plain);

        await person.CallAsync(plain, video: true);
        await plain.PressAsync("accept");

        await TalkAndHangUpAsync(person, plain, plainHangsUp);
        (await person.StatesAsync()).Should().StartWith(["idle", "outgoing", "connecting", "connected", "ended"]);
    }

    private static async Task TalkAndHangUpAsync(CallPage person, CallPage plain, bool plainHangsUp)
    {
        await Task.WhenAll(person.StateAsync("connected"), plain.StateAsync("connected"));
        foreach (var page in new[] { person, plain })
        {
            await page.PictureAsync();
            await page.SoundAsync();
        }

        await (plainHangsUp ? plain : person).PressAsync("hang-up");
        await Task.WhenAll(person.EndAsync("hung-up"), plain.StateAsync("ended"));
        await Traces.NothingIsLeftAsync(person, video: true);
        await Traces.NothingIsLeftAsync(plain, video: true);
    }
}
