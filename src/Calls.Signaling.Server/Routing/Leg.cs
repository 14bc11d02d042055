namespace Calls.Signaling.Server;

/// <summary>What a device is in a call.</summary>
public enum LegState
{
    /// <summary>The caller's device.</summary>
    Calling,

    /// <summary>A device of a callee that was given the offer.</summary>
    Ringing,

    /// <summary>The device that answered first.</summary>
    Answered,

    /// <summary>A device of a callee that is in another call.</summary>
    Busy,

    /// <summary>A device for which the call is over.</summary>
    Closed,
}

/// <summary>One device's part of a call: what it is in it, and its two numbered streams.</summary>
public sealed record Leg
{
    /// <summary>Who it is.</summary>
    public required Party Party { get; init; }

    /// <summary>What it is.</summary>
    public required LegState State { get; init; }

    /// <summary>Whether it has no connection now.</summary>
    public bool IsAway { get; init; }

    /// <summary>Whether it has a new connection and has not resumed yet: what is sent to it waits for that.</summary>
    public bool IsResuming { get; init; }

    /// <summary>Whether it has said that it rings.</summary>
    public bool HasRung { get; init; }

    /// <summary>The last <c>seq</c> that came from it; 0 for none.</summary>
    public int Received { get; init; }

    /// <summary>The last <c>seq</c> that was given to a message for it; 0 for none.</summary>
    public int Sent { get; init; }

    /// <summary>How many candidates it has sent.</summary>
    public int Candidates { get; init; }

    /// <summary>One of <see cref="EndReasons"/>: what to tell it when it speaks although the call is over for it.</summary>
    public string? EndReason { get; init; }

    /// <summary>What was sent to it and may have to be sent again, oldest first, without a gap.</summary>
    public ValueArray<KeptMessage> Outbox { get; init; }

    /// <summary>The device.</summary>
    public DeviceKey Device => DeviceKey.Of(Party);

    /// <summary>Whether the call ends when this device stays away.</summary>
    public bool IsEssential => State is LegState.Calling or LegState.Answered;

    /// <summary>Whether what is sent to it now is only kept.</summary>
    internal bool IsHeld => IsAway || IsResuming;
}

/// <summary>A message in an outbox.</summary>
/// <param name="Message">The message, numbered and stamped.</param>
/// <param name="At">When it was sent first.</param>
public readonly record struct KeptMessage(CallMessage Message, TimeSpan At)
{
    private readonly object _kept = Message;
    private readonly int _place;

    internal KeptMessage(ReplayPage page, int place, TimeSpan at)
        : this(Message: null!, at)
        => (_kept, _place) = (page, place);

    /// <summary>The message, numbered and stamped.</summary>
    public CallMessage Message
    {
        get => _kept as CallMessage ?? ((ReplayPage)_kept).Read(_place);
        init => _kept = value;
    }

    /// <summary>Whether there is no message: what was read was none.</summary>
    internal bool IsEmpty => _kept is null;

    internal int? Seq => _kept is ReplayPage page ? page.SeqOf(_place) : Message.Seq;

    /// <summary>It is kept no more: its bytes may be used again.</summary>
    internal void Release() => (_kept as ReplayPage)?.Release();
}
