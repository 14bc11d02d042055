using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Calls.Browser.Tests.Harness;
using Calls.Signaling.WebSockets;

namespace Calls.Browser.Tests.Engine;

/// <summary>A program with the managed engine and a person in front of the web sample's page, through the sample's server.</summary>
[Collection(OnStage.Name)]
public sealed class EngineAndSampleTests(Stage stage)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task B1_B2_B3_A_program_and_a_page_call_each_other_and_who_hangs_up_is_missed_at_once()
    {
        await using var cast = await new Cast(stage).OnAsync();
        using var person = await EnginePerson.CreateAsync();
        var name = stage.Somebody("robot");
        await using WebSocketChannel channel = new(new WebSocketChannelOptions { Url = new Uri(cast.Server.Address, $"calls?user={name}") });
        await using CallManager robot = new(channel, person.Source);
        await robot.ConnectAsync().WaitAsync(Patience);
        var alice = await cast.PersonAsync("alice");
        await alice.Element($"person-{name}").WaitForAsync();

        await alice.PressAsync($"call-video-{name}");
        await UntilAsync(robot, CallState.IncomingRinging);
        await robot.AcceptIncomingAsync(video: true).WaitAsync(Patience);
        await alice.StateAsync("connected");
        await alice.PictureAsync();
        await alice.SoundAsync();
        await EngineTalk.Until(() => Task.FromResult(person.Pictures > 5), () => $"the program records {person.Pictures} pictures");
        var since = TimeProvider.System.GetTimestamp();
        await alice.PressAsync("hang-up");
        (await UntilAsync(robot, CallState.Ended)).End!.Reason.Should().Be(CallEndReason.HungUp);
        TimeProvider.System.GetElapsedTime(since).Should().BeLessThan(AtOnce);
        await alice.EndAsync("hung-up");

        await robot.StartOutgoingAsync(alice.User, video: false).WaitAsync(Patience);
        await alice.Element("incoming").WaitForAsync();
        await alice.PressAsync("accept");
        await UntilAsync(robot, CallState.Connected);
        await alice.StateAsync("connected");
        await alice.SoundAsync();
        since = TimeProvider.System.GetTimestamp();
        await robot.EndAsync().WaitAsync(Patience);
        await alice.EndAsync("hung-up");
        TimeProvider.System.GetElapsedTime(since).Should().BeLessThan(AtOnce);
    }

    private static Task<CallSnapshot> UntilAsync(CallManager manager, CallState state)
        => manager.Snapshots.FirstAsync(snapshot => snapshot.State == state).ToTask().WaitAsync(Patience);
}
