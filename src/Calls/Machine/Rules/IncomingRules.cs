using Calls.Signaling;

namespace Calls.Machine.Rules;

/// <summary>The callee, from the ring to the answer (S2): nothing is opened before Accept.</summary>
internal static class IncomingRules
{
    private const long LongestRingMs = 600_000;

    public static CallStep Offer(MachineState state, MessageReceived received, MachineSettings settings)
    {
        var offer = (OfferMessage)received.Message;
        var isOwn = offer.From is not null && offer.From.UserId == state.Self?.UserId;
        if (isOwn || state.Over.Contains(offer.CallId))
            return CallStep.Ignored(state);
        var ring = RemainingRing(offer, settings);
        if (ring <= TimeSpan.Zero)
            return OtherCallRules.Missed(state, offer, MissedCallCause.Late);
        var call = new CallData
        {
            Id = offer.CallId,
            DevicesId = offer.CallId,
            ChatId = offer.ChatId,
            Role = CallRole.Callee,
            IsVideoCall = offer.Video,
            Peer = offer.From,
            RemoteOffer = offer.Sdp,
            HeldRemote = state.Early.Of(offer.CallId),
            Told = DeviceWish.Assumed(offer.Video),
            PeerDevices = DeviceWish.Assumed(offer.Video),
        };
        return CallStep.To(
            state with { State = CallState.IncomingRinging, Call = call, Early = state.Early.Drop(call.Id) },
            CallEffect.Cancel(CallTimer.Linger).If(state.State != CallState.Idle),
            CallEffect.Set(CallTimer.Ring, ring),
            CallEffect.Send(new RingingMessage { CallId = call.Id }));
    }

    /// <summary>What is left of the ring time; the numbers come from outside and are held to sensible bounds.</summary>
    public static TimeSpan RemainingRing(OfferMessage offer, MachineSettings settings)
    {
        var whole = offer.RingTimeoutMs > 0
            ? TimeSpan.FromMilliseconds(Math.Min(offer.RingTimeoutMs, LongestRingMs))
            : settings.RingTimeout;
        return whole - TimeSpan.FromMilliseconds(Math.Clamp(offer.AgeMs, 0, LongestRingMs));
    }

    /// <summary>The user's consent: only this leads from ringing to devices and a connection. The ring timer runs on until the answer is sent.</summary>
    public static CallStep Accept(MachineState state, AcceptCommand command, MachineSettings settings)
    {
        var call = state.Call!;
        var devices = DeviceState.Wanting(command.Video || call.Devices.Wanted.Video == VideoSource.Camera, call.Devices.Wanted.Muted);
        return CallStep.To(
            state with { State = CallState.Connecting, Call = call with { Media = MediaStage.Opening, Devices = devices } },
            CallEffect.Media(MediaOrder.Open, devices.Wanted));
    }

    public static CallStep AnswerCreated(MachineState state, AnswerCreated created, MachineSettings settings)
    {
        var call = state.Call!;
        if (call.Role != CallRole.Callee || call.DescriptionSent)
            return CallStep.Ignored(state);
        var (devices, told, order) = DeviceRules.Settle(call, call.Devices, isAnswered: true);
        return CallStep.To(
            state with { Call = call with { DescriptionSent = true, HeldLocal = [], Devices = devices, Told = told } },
            CallEffect.Send(new AnswerMessage { CallId = call.Id, Sdp = created.Sdp }),
            CallEffect.SendHeld(call.Id, call.HeldLocal),
            CallEffect.Cancel(CallTimer.Ring),
            CallEffect.Set(CallTimer.Connect, settings.ConnectTimeout),
            order);
    }

    /// <summary>Stops a ring whose socket is dead, and an accepted call whose devices do not open.</summary>
    public static CallStep RingTimer(MachineState state, TimerFired fired, MachineSettings settings)
        => state.Call is { Role: CallRole.Callee, DescriptionSent: false }
            ? EndingRules.Over(state, settings, CallEndReason.NoAnswer, CallEndedBy.Me)
            : CallStep.Ignored(state);
}
