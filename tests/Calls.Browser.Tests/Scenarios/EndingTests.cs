using Calls.Browser.Tests.Harness;

namespace Calls.Browser.Tests.Scenarios;

/// <summary>How calls end that were never connected.</summary>
[Collection(OnStage.Name)]
public sealed class EndingTests(Stage stage)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task B4_a_declined_call_is_over_on_both_sides_and_opened_nothing_at_the_callee(bool video)
    {
        await using var cast = await new Cast(stage).OnAsync();
        var (caller, callee) = await RingAsync(cast, video);

        await callee.PressAsync("decline");

        await Task.WhenAll(caller.EndAsync("declined"), callee.EndAsync("declined"));
        (await caller.StatesAsync()).Should().StartWith(["idle", "outgoing", "ended"]);
        (await callee.StatesAsync()).Should().StartWith(["idle", "incoming_ringing", "ended"]);
        await Traces.NothingIsLeftAsync(caller, video, connected: false);
        await Traces.NothingWasOpenedAsync(callee);
    }

    [Fact]
    public async Task B3_a_cancelled_call_stops_ringing_and_is_a_missed_call()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var (caller, callee) = await RingAsync(cast, video: true);

        await caller.PressAsync("hang-up");

        await Task.WhenAll(caller.EndAsync("cancelled"), callee.EndAsync("cancelled"));
        await callee.Element("incoming").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        (await callee.Element("call-end").InnerTextAsync()).Should().Contain("Missed call from").And.Contain(caller.User);
        await Traces.NothingIsLeftAsync(caller, video: true, connected: false);
        await Traces.NothingWasOpenedAsync(callee);
    }

    [Fact]
    public async Task B5_a_call_that_nobody_answers_ends_on_both_sides_after_the_servers_ring_time()
    {
        await using var cast = await new Cast(stage).OnAsync("--Signaling:RingTimeout=00:00:02");
        var (caller, callee) = await RingAsync(cast, video: false);

        await Task.WhenAll(caller.EndAsync("no-answer"), callee.EndAsync("no-answer"));

        (await caller.StatesAsync()).Should().StartWith(["idle", "outgoing", "ended"]);
        (await callee.StatesAsync()).Should().StartWith(["idle", "incoming_ringing", "ended"]);
        (await caller.Element("call-end").InnerTextAsync()).Should().Contain("did not answer");
        await Traces.NothingIsLeftAsync(caller, video: false, connected: false);
        await Traces.NothingWasOpenedAsync(callee);
    }

    [Fact]
    public async Task The_end_of_a_call_stays_in_sight_until_the_next_call_and_the_manager_is_idle_again()
    {
        await using var cast = await new Cast(stage).OnAsync();
        var (caller, callee) = await RingAsync(cast, video: false);
        await callee.PressAsync("decline");
        await caller.EndAsync("declined");
        await Task.WhenAll(caller.StateAsync("idle"), callee.StateAsync("idle"));
        (await caller.Element("call-end").GetAttributeAsync("data-reason")).Should().Be("declined");

        await caller.CallAsync(callee, video: false);
        await callee.StateAsync("incoming_ringing");
        await caller.Element("call-end").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await callee.PressAsync("accept");
        await Task.WhenAll(caller.StateAsync("connected"), callee.StateAsync("connected"));
        await caller.PressAsync("hang-up");
        await callee.EndAsync("hung-up");
    }

    private static async Task<(CallPage Caller, CallPage Callee)> RingAsync(Cast cast, bool video)
    {
        var caller = await cast.PersonAsync("alice");
        var callee = await cast.PersonAsync("bob");
        await Cast.MeetAsync(caller, callee);
        await caller.CallAsync(callee, video);
        await callee.StateAsync("incoming_ringing");
        return (caller, callee);
    }
}
