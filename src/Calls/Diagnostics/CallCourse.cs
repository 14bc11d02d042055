using System.Diagnostics;
using Calls.Machine;
using Calls.Signaling;

namespace Calls;

/// <summary>What a manager's current call looks like from outside: its span in the call's trace, and its numbers. Belongs to one mailbox.</summary>
internal sealed class CallCourse(TimeProvider time)
{
    private Activity? _activity;
    private long? _consentedAt;

    /// <summary>The message with the call's trace in it, where it begins a call and somebody traces.</summary>
    public CallMessage Traced(CallMessage message)
        => message is InitiateMessage initiate && _activity is { } activity ? initiate with { TraceParent = activity.Id } : message;

    /// <summary>The machine has moved.</summary>
    public void Moved(MachineState before, MachineState after, CallInput cause)
    {
        if (before.Call?.Id != after.Call?.Id)
            Changed(after.Call, cause);
        if (before.State == after.State)
            return;
        ClientInstruments.Moved(before.State, after.State);
        _activity?.AddEvent(new ActivityEvent(after.State.ToWireName(), time.GetUtcNow()));
        if (after is { State: CallState.Outgoing } or { State: CallState.Connecting, Call.Role: CallRole.Callee })
            _consentedAt ??= time.GetTimestamp();
        if (after.State == CallState.Connected && _consentedAt is { } consented)
            ClientInstruments.Connected(after.Call!.Role, time.GetElapsedTime(consented));
    }

    /// <summary>The call is over.</summary>
    public void Ended(CallEnd end)
    {
        ClientInstruments.EndedBy(end.Reason);
        Finish(end.Reason.ToKey(), end.IsFailure);
    }

    /// <summary>The manager is gone, and with it the call that it may have been in.</summary>
    public void Leave(CallState state)
    {
        ClientInstruments.Moved(state, CallState.Idle);
        Finish(reason: null, isFailure: false);
    }

    private void Changed(CallData? call, CallInput cause)
    {
        // Glare was lost: the other side's call is the one that goes on, in its own trace.
        Finish(CallEndReason.Replaced.ToKey(), isFailure: false);
        _consentedAt = null;
        if (call is null)
            return;
        var parent = cause is MessageReceived { Message: OfferMessage offer } ? TraceParent.Parse(offer.TraceParent) : default;
        _activity = call.Role == CallRole.Caller
            ? ClientInstruments.Activities.Start("call outgoing", ActivityKind.Client, parent, time.GetUtcNow())
            : ClientInstruments.Activities.Start("call incoming", ActivityKind.Consumer, parent, time.GetUtcNow());
        _activity?.SetTag("calls.call.id", call.Id.Value).SetTag("calls.video", call.IsVideoCall);
    }

    private void Finish(string? reason, bool isFailure)
    {
        if (_activity is not { } activity)
            return;
        _activity = null;
        activity.SetTag("calls.end.reason", reason);
        if (isFailure)
            activity.SetStatus(ActivityStatusCode.Error).SetTag("error.type", reason);
        activity.SetEndTime(time.GetUtcNow().UtcDateTime);
        activity.Dispose();
    }
}
