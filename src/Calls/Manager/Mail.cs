using Calls.Machine;
using Calls.Media;
using Calls.Signaling;

namespace Calls;

/// <summary>What stands in a manager's mailbox beside the machine's inputs and the server's messages.</summary>
internal abstract record Mail;

/// <summary>A command and its caller, who waits until <see cref="Done"/> says that its first effect is there.</summary>
internal sealed record CommandMail(CallInput Command, CallId For, Func<MachineState, bool> Done, TaskCompletionSource<CallId> Completion) : Mail;

/// <summary>An offer that came by another way, to be accepted at once.</summary>
internal sealed record PushedOfferMail(OfferMessage Offer, CommandMail Accept) : Mail;

internal sealed record StatusMail(ChannelStatus Status) : Mail;

internal sealed record RemoteStreamMail(CallId Id, IRemoteStream Stream) : Mail;

/// <summary>One setting of a timer, which is posted when it is due.</summary>
internal sealed record TimerMail(CallId Id, CallTimer Timer, Action<TimerMail> Post) : Mail
{
    public void Send() => Post(this);
}

internal sealed record DisposeMail(TaskCompletionSource Completion) : Mail;
