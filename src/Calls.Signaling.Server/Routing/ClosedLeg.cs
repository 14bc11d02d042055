namespace Calls.Signaling.Server;

/// <summary>The rules for a device for which the call is over already: what crossed the end on its way is answered so that both sides agree.</summary>
internal static class ClosedLeg
{
    public static void Take(Turn turn, int index, Party sender, CallMessage message)
    {
        switch (message)
        {
            case EndMessage or RejectMessage or RingingMessage:
                // It believes the call over, or hears of it in its own stream: there is nothing to say.
                break;
            case NegotiateMessage or MediaStateMessage or RevealMessage when turn.Call.Phase != RoutedCallPhase.Over:
                turn.NotAllowed(sender);
                break;
            default:
                turn.Post(index, new EndMessage { CallId = turn.Call.Id, Reason = turn.Call.Legs[index].EndReason }, from: null);
                break;
        }
    }
}
