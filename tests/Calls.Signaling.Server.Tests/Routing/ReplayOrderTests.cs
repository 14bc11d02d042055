using static Calls.Signaling.Server.Tests.CallScript;

namespace Calls.Signaling.Server.Tests;

public sealed class ReplayOrderTests
{
    private static readonly CallId Winner = CallId.Parse("call-1");
    private static readonly CallId Loser = CallId.Parse("call-2");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void B24_B39_what_was_missed_of_two_calls_comes_in_the_order_in_which_it_was_sent(bool winnerFirst)
    {
        var winner = Start(Winner, Alice, Bob, 1);
        var loser = Start(Loser, Bob, Alice, 2);
        winner = RoutedCall.Step(winner, new RoutedInput.Received(At(3), Bob, new AnswerMessage { CallId = Winner, Sdp = "answer" })).Call;
        var steps = new[] { Resume(winner), Resume(loser) };

        var replayed = ReplayOrder.Merge(DeviceKey.Of(Alice), winnerFirst ? steps : [steps[1], steps[0]]);

        replayed.Should().SatisfyRespectively(
            first => first.Should().BeOfType<OfferMessage>().Which.CallId.Should().Be(Loser),
            second => second.Should().BeOfType<AnswerMessage>().Which.CallId.Should().Be(Winner));
    }

    [Fact]
    public void Messages_of_one_call_keep_their_order_at_equal_times()
    {
        var call = Start(Loser, Bob, Alice, 1);
        call = RoutedCall.Step(call, new RoutedInput.Received(At(1), Bob, new CandidatesMessage { CallId = Loser, Candidates = [new("c")] })).Call;

        ReplayOrder.Merge(DeviceKey.Of(Alice), [Resume(call)]).Select(message => message.Seq).Should().Equal(1, 2);
    }

    private static TimeSpan At(int ticks) => TimeSpan.FromTicks(ticks);

    private static RoutedCall Start(CallId id, Party caller, Party callee, int ticks) => RoutedCall.Start(
        new InitiateMessage { CallId = id, ChatId = callee.UserId, Sdp = "offer" },
        caller,
        [new Callee(callee.UserId, caller.UserId)],
        [callee],
        new RoutedCallSettings(),
        At(ticks)).Call;

    private static RoutedStep Resume(RoutedCall call) => RoutedCall.Step(call, new RoutedInput.Resumed(At(9), DeviceKey.Of(Alice), 0));
}
