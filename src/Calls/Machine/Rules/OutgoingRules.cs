using Calls.Signaling;

namespace Calls.Machine.Rules;

/// <summary>The caller, from the tap to the answer (S1).</summary>
internal static class OutgoingRules
{
    public static CallStep Start(MachineState state, StartCommand command, MachineSettings settings)
    {
        if (state.Self?.UserId == command.ChatId)
            return CallStep.Refused(state, new("One cannot call oneself.", IsOwnCall: true));
        var call = new CallData
        {
            Id = command.Id,
            DevicesId = command.Id,
            ChatId = command.ChatId,
            Role = CallRole.Caller,
            IsVideoCall = command.Video,
            Told = DeviceWish.Assumed(command.Video),
            Media = MediaStage.Opening,
            Devices = DeviceState.Wanting(command.Video),
        };
        return CallStep.To(
            state with { State = CallState.Outgoing, Call = call },
            CallEffect.Cancel(CallTimer.Linger).If(state.State != CallState.Idle),
            CallEffect.Set(CallTimer.Ring, settings.OutgoingTimeout),
            CallEffect.Media(MediaOrder.Open, call.Devices.Wanted));
    }

    public static CallStep OfferCreated(MachineState state, OfferCreated created, MachineSettings settings)
    {
        var call = state.Call!;
        if (call.DescriptionSent)
            return CallStep.Ignored(state);
        var offer = new InitiateMessage { CallId = call.Id, ChatId = call.ChatId, Video = call.IsVideoCall, Sdp = created.Sdp };
        return CallStep.To(
            state with { Call = call with { DescriptionSent = true, HeldLocal = [] } },
            CallEffect.Send(offer),
            CallEffect.SendHeld(call.Id, call.HeldLocal),
            CallEffect.Set(CallTimer.Ring, settings.OutgoingTimeout));
    }

    public static CallStep PeerRinging(MachineState state, MessageReceived received, MachineSettings settings)
    {
        var call = state.Call!;
        return call.DescriptionSent && !call.IsPeerRinging
            ? CallStep.To(state with { Call = call with { IsPeerRinging = true, Peer = call.Peer ?? received.Message.From } })
            : CallStep.Ignored(state);
    }

    /// <summary>An answer to an offer that was never sent is nobody's answer.</summary>
    public static CallStep Answer(MachineState state, MessageReceived received, MachineSettings settings)
    {
        var call = state.Call!;
        var answer = (AnswerMessage)received.Message;
        if (!call.DescriptionSent)
            return CallStep.Ignored(state);
        var (devices, told, order) = DeviceRules.Settle(call, call.Devices, isAnswered: true);
        var connecting = call with
        {
            Devices = devices,
            Told = told,
            Peer = answer.From ?? call.Peer,
            DescriptionDelivered = true,
            IsPeerRinging = false,
            RemoteApplied = true,
            HeldRemote = [],
            PeerDevices = DeviceWish.Assumed(call.IsVideoCall),
        };
        return CallStep.To(
            state with { State = CallState.Connecting, Call = connecting },
            CallEffect.Cancel(CallTimer.Ring),
            CallEffect.Set(CallTimer.Connect, settings.ConnectTimeout),
            CallEffect.Media(MediaOrder.TakeAnswer, answer.Sdp),
            CallEffect.AddHeld(call.HeldRemote),
            order);
    }

    /// <summary>The caller's own guard: it fires only where the server's authoritative ring timer did not reach us.</summary>
    public static CallStep RingTimer(MachineState state, TimerFired fired, MachineSettings settings)
    {
        var call = state.Call!;
        if (call.DescriptionDelivered)
            return EndingRules.Over(state, settings, CallEndReason.NoAnswer, CallEndedBy.Me, tell: EndingRules.Farewell(call, EndReasons.Cancelled));
        return call.DescriptionSent
            ? EndingRules.Over(state, settings, CallEndReason.SignalingFailed, CallEndedBy.Me, tell: EndingRules.Farewell(call, EndReasons.Cancelled))
            : EndingRules.Over(state, settings, CallEndReason.MediaFailed, CallEndedBy.Me, new TimeoutException("Microphone and camera did not open in time."));
    }

    /// <summary>Before anybody rings, what the server refuses is the offer; one candidate too many does not end a call.</summary>
    public static CallStep Refused(MachineState state, ErrorReceived received, MachineSettings settings)
    {
        var call = state.Call!;
        var error = received.Message;
        if (!call.DescriptionSent || call.IsPeerRinging || error.Code == ErrorCodes.TooManyCandidates)
            return EndingRules.Refused(state, received, settings);
        var reason = error.Code == ErrorCodes.NotAllowed ? CallEndReason.NotAllowed : CallEndReason.SignalingFailed;
        return EndingRules.Over(state, settings, reason, CallEndedBy.Server, new SignalingException($"The server refused the call: {error.Code}. {error.Message}"));
    }
}
