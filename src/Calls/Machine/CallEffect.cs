using System.Collections.Immutable;
using Calls.Signaling;

namespace Calls.Machine;

/// <summary>What the manager has to do after a step, in this order. Plain data.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Subject">To what; its type follows from the kind.</param>
/// <param name="Timer">The timer, for timer effects.</param>
/// <param name="Order">What the media is to do, for media effects.</param>
/// <param name="DueMs">In how many milliseconds the timer fires. Not a <see cref="TimeSpan"/>, which would make each effect half as large again.</param>
internal readonly record struct CallEffect(
    CallEffectKind Kind, object? Subject = null, CallTimer Timer = default, MediaOrder Order = default, int DueMs = 0)
{
    public static CallEffect None => default;

    /// <summary>When the timer fires.</summary>
    public TimeSpan Due => new(DueMs * TimeSpan.TicksPerMillisecond);

    /// <summary>The order of a <see cref="CallEffectKind.Media"/>, with its subject.</summary>
    public MediaTask Task => new(Order, Subject);

    /// <summary>This, or nothing.</summary>
    public CallEffect If(bool condition) => condition ? this : None;

    public static CallEffect Send(CallMessage message) => new(CallEffectKind.Send, message);

    public static CallEffect Set(CallTimer timer, TimeSpan due) => new(CallEffectKind.SetTimer, null, timer, DueMs: (int)(due.Ticks / TimeSpan.TicksPerMillisecond));

    public static CallEffect Cancel(CallTimer timer) => new(CallEffectKind.CancelTimer, null, timer);

    public static CallEffect Media(MediaOrder order, object? subject = null) => new(CallEffectKind.Media, subject, Order: order);

    public static CallEffect AddCandidates(IReadOnlyList<IceCandidate> candidates) => new(CallEffectKind.AddCandidates, candidates);

    public static CallEffect AddAhead(IReadOnlyList<IceCandidate> candidates) => new(CallEffectKind.AddAhead, candidates);

    /// <summary>Candidates that waited for the remote description; nothing to do where none did.</summary>
    public static CallEffect AddHeld(ImmutableArray<IceCandidate> held) => held.IsEmpty ? None : AddCandidates(held);

    /// <summary>Candidates that waited for the own description; nothing to do where none did.</summary>
    public static CallEffect SendHeld(CallId id, ImmutableArray<IceCandidate> held)
        => held.IsEmpty ? None : Send(new CandidatesMessage { CallId = id, Candidates = held });

    public static CallEffect Ended(CallEnd end) => new(CallEffectKind.Ended, end);

    public static CallEffect Again(CallInput input) => new(CallEffectKind.Again, input);

    public static CallEffect Missed(MissedCall call) => new(CallEffectKind.Missed, call);

    public static CallEffect Trouble(CallError error) => new(CallEffectKind.Trouble, error);
}

internal enum CallEffectKind : byte
{
    /// <summary>Nothing; no step has it.</summary>
    None,

    /// <summary>Give a <see cref="CallMessage"/> to signaling.</summary>
    Send,

    /// <summary>Set a timer of the current call, in place of the one of that name.</summary>
    SetTimer,

    CancelTimer,

    /// <summary>Give a <see cref="MediaTask"/> to the media of the current call; it works them off in order.</summary>
    Media,

    /// <summary>Give candidates to the media, in the same order. Apart from <see cref="Media"/>, so that the commonest input costs no memory.</summary>
    AddCandidates,

    /// <summary>Give candidates to the connection that is made while the devices open, where there is one. They come again with <see cref="AddCandidates"/>.</summary>
    AddAhead,

    /// <summary>Publish a <see cref="CallEnd"/>; every timer of the call is off and its media released.</summary>
    Ended,

    /// <summary>Step the same <see cref="CallInput"/> again, now that the state is another.</summary>
    Again,

    /// <summary>Publish a <see cref="MissedCall"/>.</summary>
    Missed,

    /// <summary>Publish a <see cref="CallError"/>.</summary>
    Trouble,
}

internal readonly record struct MediaTask(MediaOrder Order, object? Subject);

/// <summary>What the media of a call is told to do.</summary>
internal enum MediaOrder : byte
{
    /// <summary>Open microphone, and camera if wanted: a <see cref="DeviceWish"/>.</summary>
    Open,

    /// <summary>Make the peer connection and attach the devices.</summary>
    Connect,

    /// <summary>Make an offer.</summary>
    CreateOffer,

    /// <summary>Make an offer that restarts ICE.</summary>
    RestartIce,

    /// <summary>Answer an offer: a string.</summary>
    AnswerOffer,

    /// <summary>Take an answer: a string.</summary>
    TakeAnswer,

    /// <summary>Take back the own offer.</summary>
    Rollback,

    /// <summary>Bring mute, picture and hold to a <see cref="DeviceWish"/>.</summary>
    SetDevices,
}

internal enum CallTimer : byte
{
    /// <summary>How long it may ring, on either side.</summary>
    Ring,

    /// <summary>How long the connection may take to come up.</summary>
    Connect,

    /// <summary>How long the connection may be silent before the call counts as reconnecting.</summary>
    Silence,

    /// <summary>How long reconnecting may take.</summary>
    Reconnect,

    /// <summary>How long a negotiation may take.</summary>
    Negotiation,

    /// <summary>How long an ended call stays visible.</summary>
    Linger,
}
