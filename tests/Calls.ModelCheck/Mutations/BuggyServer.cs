using Calls.Signaling;
using Calls.Signaling.Server;

namespace Calls.ModelCheck;

/// <summary>The server's rules as they must never be.</summary>
internal static class BuggyServer
{
    /// <summary>Takes the caller's own answer for one of the device that rings.</summary>
    public static RoutedStep CallerAnswers(RoutedCall call, RoutedInput input)
    {
        if (call.Phase != RoutedCallPhase.Ringing || input is not RoutedInput.Received { Message: AnswerMessage answer } received
            || received.Sender.UserId != call.Caller.UserId || call.Legs.Count < 2)
        {
            return RoutedCall.Step(call, input);
        }

        return RoutedCall.Step(call, received with { Sender = call.Legs[1].Party, Message = answer with { Seq = null } });
    }

    /// <summary>Ends nobody's ringing when somebody answers, and takes the next answer as well.</summary>
    public static RoutedStep EveryAnswerWins(RoutedCall call, RoutedInput input)
    {
        var step = RoutedCall.Step(call, input);
        if (input is not RoutedInput.Received { Message: AnswerMessage } received)
            return step;
        var legs = step.Call.Legs;
        for (var i = 1; i < legs.Count; i++)
        {
            if (call.Legs[i].State == LegState.Ringing && legs[i].State == LegState.Closed)
                legs = legs.With(i, call.Legs[i]);
            else if (call.Phase == RoutedCallPhase.Answered && legs[i].State == LegState.Ringing && legs[i].Device == DeviceKey.Of(received.Sender))
                legs = legs.With(i, legs[i] with { State = LegState.Answered });
        }

        RoutedEffect[] effects = [.. step.Effects.Where(effect => effect is not RoutedEffect.Deliver { Message: EndMessage })];
        return new(step.Call with { Legs = legs }, effects);
    }
}
