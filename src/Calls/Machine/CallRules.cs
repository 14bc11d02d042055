using Calls.Machine.Rules;
using static Calls.CallState;

namespace Calls.Machine;

/// <summary>The one table: what every input does in every state.</summary>
internal static class CallRules
{
    private static readonly CallState[] Over = [Ended, Failed];
    private static readonly CallState[] Free = [Idle, Ended, Failed];
    private static readonly CallState[] Answered = [Connecting, Connected];
    private static readonly CallState[] Active = [Outgoing, IncomingRinging, Connecting, Connected];
    private static readonly CallState[] All = [Idle, .. Active, .. Over];

    public static CallTable Table { get; } = Build();

    private static CallTable Build()
    {
        var table = new CallTable.Builder();
        Commands(table);
        Messages(table);
        OtherCalls(table);
        SignalingRows(table);
        MediaRows(table);
        Timers(table);
        return table.Build();
    }

    private static void Commands(CallTable.Builder table)
    {
        table.On(CallRow.Start)
            .Go<StartCommand>(Free, [Outgoing], OutgoingRules.Start)
            .Go<StartCommand>([IncomingRinging], [Connecting], GlareRules.StartWhileRinging)
            .Refuse([Outgoing, .. Answered]);
        table.On(CallRow.Accept)
            .Go<AcceptCommand>([IncomingRinging], [Connecting], IncomingRules.Accept)
            .Ignore([.. Answered, .. Over])
            .Refuse(Idle, Outgoing);
        table.On(CallRow.Reject)
            .Go<RejectCommand>([IncomingRinging], [Ended], EndingRules.Reject)
            .Ignore([Outgoing, .. Answered, .. Free]);
        table.On(CallRow.End)
            .Go<EndCommand>(Active, [Ended], EndingRules.End)
            .Ignore(Free);
        table.On(CallRow.ToggleMute)
            .Stay<ToggleMuteCommand>(Active, DeviceRules.ToggleMute)
            .Ignore(Over)
            .Refuse(Idle);
        table.On(CallRow.ToggleVideo)
            .Stay<ToggleVideoCommand>(Active, DeviceRules.ToggleVideo)
            .Ignore(Over)
            .Refuse(Idle);
        table.On(CallRow.ToggleScreenShare)
            .Stay<ToggleScreenShareCommand>(Answered, DeviceRules.ToggleScreenShare)
            .Ignore(Over)
            .Refuse(Idle, Outgoing, IncomingRinging);
        table.On(CallRow.ToggleHold)
            .Stay<ToggleHoldCommand>([Connected], HoldRules.Toggle)
            .Ignore(Over)
            .Refuse(Idle, Outgoing, IncomingRinging, Connecting);
    }

    private static void Messages(CallTable.Builder table)
    {
        table.On(CallRow.OfferAgain)
            .Go<MessageReceived>([Outgoing], [Connecting], GlareRules.SameId)
            .Ignore([IncomingRinging, .. Answered, .. Free]);
        table.On(CallRow.Answer)
            .Go<MessageReceived>([Outgoing], [Connecting], OutgoingRules.Answer)
            .Stay<MessageReceived>(Over, OtherCallRules.AnswerToNoCall)
            .Ignore([Idle, IncomingRinging, .. Answered]);
        table.On(CallRow.Candidates)
            .Stay<MessageReceived>(Active, ConnectingRules.Candidates)
            .Ignore(Free);
        table.On(CallRow.PeerEnd)
            .Go<MessageReceived>(Active, [Ended, Failed], EndingRules.PeerEnd)
            .Ignore(Free);
        table.On(CallRow.Rejected)
            .Go<MessageReceived>([Outgoing], [Ended, Failed], EndingRules.Rejected)
            .Ignore([IncomingRinging, .. Answered, .. Free]);
        table.On(CallRow.NoAnswer)
            .Go<MessageReceived>([Outgoing, IncomingRinging, Connecting], [Ended], EndingRules.NoAnswer)
            .Ignore([Connected, .. Free]);
        table.On(CallRow.PeerRinging)
            .Stay<MessageReceived>([Outgoing], OutgoingRules.PeerRinging)
            .Ignore([IncomingRinging, .. Answered, .. Free]);
        table.On(CallRow.Negotiate)
            .Stay<MessageReceived>([Connecting], NegotiationRules.TooEarly)
            .Stay<MessageReceived>([Connected], NegotiationRules.Received)
            .Ignore([Outgoing, IncomingRinging, .. Free]);
        table.On(CallRow.PeerMedia)
            .Stay<MessageReceived>(Answered, HoldRules.PeerTold)
            .Ignore([Outgoing, IncomingRinging, .. Free]);
        table.On(CallRow.MessageRefused)
            .Go<ErrorReceived>([Outgoing], [Failed], OutgoingRules.Refused)
            .Stay<ErrorReceived>([IncomingRinging, Connecting], EndingRules.Refused)
            .Stay<ErrorReceived>([Connected], ForgottenRules.Refused)
            .Ignore(Free);
    }

    private static void OtherCalls(CallTable.Builder table)
    {
        table.On(CallRow.Offer)
            .Go<MessageReceived>(Free, [IncomingRinging], IncomingRules.Offer)
            .Go<MessageReceived>([Outgoing], [Connecting], GlareRules.Offer)
            .Go<MessageReceived>([IncomingRinging, .. Answered], [Ended], OtherCallRules.OfferWhileBusy);
        table.On(CallRow.OtherAnswer).Stay<MessageReceived>(All, OtherCallRules.AnswerToNoCall);
        table.On(CallRow.OtherCandidates).Stay<MessageReceived>(All, OtherCallRules.Candidates);
        table.On(CallRow.OtherEnd).Stay<MessageReceived>(All, OtherCallRules.End);
        table.On(CallRow.OtherMessage).Stay<CallInput>(All, OtherCallRules.InUnknownCall);
    }

    private static void SignalingRows(CallTable.Builder table)
    {
        table.On(CallRow.Welcome)
            .Stay<WelcomeReceived>([Idle, Outgoing, Connecting, .. Over], SignalingRules.Welcome)
            .Stay<WelcomeReceived>([Connected], ForgottenRules.Welcome)
            .Go<WelcomeReceived>([IncomingRinging], [Ended], SignalingRules.WelcomeWhileRinging);
        table.On(CallRow.DescriptionDelivered)
            .Stay<DescriptionDelivered>([Outgoing, .. Answered], SignalingRules.Delivered)
            .Ignore([IncomingRinging, .. Free]);
        table.On(CallRow.SignalingClosed)
            .Go<SignalingClosed>([Outgoing], [Failed], SignalingRules.Closed)
            .Ignore([IncomingRinging, .. Answered, .. Free]);
    }

    private static void MediaRows(CallTable.Builder table)
    {
        table.On(CallRow.MediaOpened)
            .Stay<MediaOpened>([Outgoing, Connecting], DeviceRules.Opened)
            .Ignore([IncomingRinging, Connected, .. Free]);
        table.On(CallRow.OfferCreated)
            .Stay<OfferCreated>([Outgoing], OutgoingRules.OfferCreated)
            .Stay<OfferCreated>([Connected], NegotiationRules.OfferCreated)
            .Ignore([IncomingRinging, Connecting, .. Free]);
        table.On(CallRow.AnswerCreated)
            .Stay<AnswerCreated>([Connecting], IncomingRules.AnswerCreated)
            .Stay<AnswerCreated>([Connected], NegotiationRules.AnswerCreated)
            .Ignore([Outgoing, IncomingRinging, .. Free]);
        table.On(CallRow.MediaFailed)
            .Go<MediaFailed>([Outgoing, Connecting], [Failed], EndingRules.MediaFailed)
            .Go<MediaFailed>([Connected], [Failed], NegotiationRules.MediaFailed)
            .Ignore([IncomingRinging, .. Free]);
        table.On(CallRow.LocalCandidates)
            .Stay<LocalCandidates>([Outgoing, .. Answered], ConnectingRules.LocalCandidates)
            .Ignore([IncomingRinging, .. Free]);
        table.On(CallRow.Connection)
            .Go<ConnectionChanged>([Connecting], [Connected, Failed], ConnectingRules.Connection)
            .Go<ConnectionChanged>([Connected], [Failed], ReconnectRules.Connection)
            .Ignore([Outgoing, IncomingRinging, .. Free]);
        table.On(CallRow.DevicesSet)
            .Stay<DevicesSet>([Outgoing, .. Answered], DeviceRules.Set)
            .Ignore([IncomingRinging, .. Free]);
        table.On(CallRow.LocalVideoChanged)
            .Stay<LocalVideoReported>([Outgoing, .. Answered], DeviceRules.VideoReported)
            .Ignore([IncomingRinging, .. Free]);
        table.On(CallRow.DeviceLost)
            .Stay<DeviceLostReported>([Outgoing, .. Answered], DeviceRules.LostReported)
            .Ignore([IncomingRinging, .. Free]);
        table.On(CallRow.DeviceReplaced)
            .Stay<DeviceReplacedReported>([Outgoing, .. Answered], DeviceRules.ReplacedReported)
            .Ignore([IncomingRinging, .. Free]);
        table.On(CallRow.NegotiationNeeded)
            .Stay<NegotiationReported>(Answered, NegotiationRules.Needed)
            .Ignore([Outgoing, IncomingRinging, .. Free]);
    }

    private static void Timers(CallTable.Builder table)
    {
        table.On(CallRow.RingTimer)
            .Go<TimerFired>([Outgoing], [Ended, Failed], OutgoingRules.RingTimer)
            .Go<TimerFired>([IncomingRinging, Connecting], [Ended], IncomingRules.RingTimer)
            .Ignore([Connected, .. Free]);
        table.On(CallRow.ConnectTimer)
            .Go<TimerFired>([Connecting], [Failed], ConnectingRules.ConnectTimer)
            .Ignore([Outgoing, IncomingRinging, Connected, .. Free]);
        table.On(CallRow.SilenceTimer)
            .Stay<TimerFired>([Connected], ReconnectRules.SilenceTimer)
            .Ignore([Outgoing, IncomingRinging, Connecting, .. Free]);
        table.On(CallRow.ReconnectTimer)
            .Go<TimerFired>([Connected], [Failed], ReconnectRules.ReconnectTimer)
            .Ignore([Outgoing, IncomingRinging, Connecting, .. Free]);
        table.On(CallRow.NegotiationTimer)
            .Stay<TimerFired>([Connected], NegotiationRules.Timer)
            .Ignore([Outgoing, IncomingRinging, Connecting, .. Free]);
        table.On(CallRow.LingerTimer)
            .Go<TimerFired>(Over, [Idle], EndingRules.LingerTimer)
            .Ignore([Idle, .. Active]);
        table.On(CallRow.Stale).Ignore(All);
    }
}
