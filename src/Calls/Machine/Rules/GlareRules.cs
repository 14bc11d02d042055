using Calls.Signaling;

namespace Calls.Machine.Rules;

/// <summary>
/// Two people who call each other at once are simply connected. Each side sees its own call and the other's offer, and both keep the call with
/// the smaller id; who loses takes the winner's offer with the devices that its own user asked for, and is asked nothing again.
/// </summary>
internal static class GlareRules
{
    public static CallStep Offer(MachineState state, MessageReceived received, MachineSettings settings)
    {
        var call = state.Call!;
        var offer = (OfferMessage)received.Message;
        var isGlare = offer.ChatId == call.ChatId && offer.From?.UserId != state.Self?.UserId && !state.Over.Contains(offer.CallId);
        if (!isGlare || IncomingRules.RemainingRing(offer, settings) <= TimeSpan.Zero)
            return OtherCallRules.Busy(state, received, settings);
        return call.DescriptionSent && call.Id < offer.CallId ? Win(state, offer) : Lose(state, offer, settings);
    }

    /// <summary>The server took the other's call under the very id that we made: there is only that one.</summary>
    public static CallStep SameId(MachineState state, MessageReceived received, MachineSettings settings)
        => Lose(state, (OfferMessage)received.Message, settings);

    /// <summary>To call who rings here is to answer.</summary>
    public static CallStep StartWhileRinging(MachineState state, StartCommand command, MachineSettings settings)
        => state.Call!.ChatId == command.ChatId
            ? IncomingRules.Accept(state, new AcceptCommand(command.Video), settings)
            : CallStep.Refused(state, new("Another call rings here: accept or reject it first."));

    /// <summary>The other side gives its call up when our offer reaches it; until then it must neither ring nor hear that we are busy.</summary>
    private static CallStep Win(MachineState state, OfferMessage offer)
        => CallStep.To(state with { Over = state.Over.Add(offer.CallId), Early = state.Early.Drop(offer.CallId) });

    /// <summary>An own offer that was not sent yet loses whatever its id: the other side will never hear of it.</summary>
    private static CallStep Lose(MachineState state, OfferMessage offer, MachineSettings settings)
    {
        var own = state.Call!;
        var open = own.Media == MediaStage.Open;
        var candidates = state.Early.Of(offer.CallId);
        var taken = new CallData
        {
            Id = offer.CallId,
            DevicesId = own.DevicesId,
            ChatId = own.ChatId,
            Role = CallRole.Callee,
            IsVideoCall = offer.Video || own.IsVideoCall,
            Peer = offer.From,
            Media = own.Media,
            Devices = own.Devices,
            Told = DeviceWish.Assumed(offer.Video),
            PeerDevices = DeviceWish.Assumed(offer.Video),
            RemoteOffer = open ? null : offer.Sdp,
            RemoteApplied = open,
            HeldRemote = open ? [] : candidates,
        };
        var giveUp = own.DescriptionSent && own.Id != offer.CallId;
        return CallStep.To(
            state with
            {
                State = CallState.Connecting,
                Call = taken,
                Early = state.Early.Drop(offer.CallId),
                Over = own.Id == offer.CallId ? state.Over : state.Over.Add(own.Id),
            },
            giveUp ? CallEffect.Send(new EndMessage { CallId = own.Id, Reason = EndReasons.Replaced }) : CallEffect.None,
            CallEffect.Set(CallTimer.Ring, IncomingRules.RemainingRing(offer, settings)),
            CallEffect.Media(MediaOrder.Connect).If(open),
            CallEffect.Media(MediaOrder.AnswerOffer, offer.Sdp).If(open),
            open ? CallEffect.AddHeld(candidates) : CallEffect.None);
    }
}
