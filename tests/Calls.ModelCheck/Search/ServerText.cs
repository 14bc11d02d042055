using Calls.Signaling.Server;

namespace Calls.ModelCheck;

/// <summary>A call at the server as canonical bytes.</summary>
internal static class ServerText
{
    public static void Write(ByteText text, ServerCall hosted, int[] names, int devices)
    {
        var call = hosted.Call;
        text.Call(call.Id);
        text.Write((int)call.Phase | (call.Video ? 4 : 0) | (call.Offer.Length > 0 ? 8 : 0));
        foreach (var callee in call.Callees)
            text.Reason(callee.Rejection);
        DeviceText.Messages(text, call.CallerCandidates);
        for (var i = 0; i < devices; i++)
        {
            var key = Names.Key(names[i]);
            foreach (var leg in call.Legs)
            {
                if (leg.Device == key)
                    Write(text, leg);
            }

            foreach (var timer in hosted.Timers)
            {
                if (timer.Device == key)
                    text.Write(100 + i);
            }
        }

        foreach (var timer in hosted.Timers)
        {
            if (timer.Kind != CallTimerKind.Away)
                text.Write(110 + (int)timer.Kind);
        }
    }

    /// <summary>Of which call each message is that is kept for a device, in the order of their times: the same calls may be replayed in another order.</summary>
    public static void WriteOrder(ByteText text, World world, int device)
    {
        List<KeptMessage> messages = [];
        foreach (var call in world.Calls)
        {
            foreach (var leg in call.Call.Legs)
            {
                if (leg.Device == Names.Key(device))
                    messages.AddRange(leg.Outbox);
            }
        }

        foreach (var kept in messages.OrderBy(kept => kept.At))
            text.Call(kept.Message.CallId);
    }

    private static void Write(ByteText text, Leg leg)
    {
        text.Device(Names.Device(leg.Device));
        text.Write((int)leg.State | (leg.IsAway ? 16 : 0) | (leg.HasRung ? 32 : 0) | (leg.IsResuming ? 64 : 0));
        text.Write(leg.Received);
        text.Write(leg.Sent);
        text.Write(leg.Candidates);
        text.Reason(leg.EndReason);
        text.Write(leg.Outbox.Count);
        foreach (var kept in leg.Outbox)
            MessageText.Write(text, kept.Message);
    }
}
