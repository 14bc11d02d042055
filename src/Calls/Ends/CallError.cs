namespace Calls;

/// <summary>Trouble that does not end the call.</summary>
/// <param name="CallId">The call it belongs to; null where it belongs to none.</param>
/// <param name="Kind">What kind of trouble.</param>
/// <param name="Message">A sentence for a developer.</param>
/// <param name="Error">The cause, where there is one.</param>
public sealed record CallError(CallId? CallId, CallErrorKind Kind, string Message, Exception? Error = null);

/// <summary>Kinds of trouble that do not end a call.</summary>
public enum CallErrorKind
{
    /// <summary>The camera could not be opened, or is gone; the call goes on without.</summary>
    Video,

    /// <summary>The microphone is gone; the call goes on.</summary>
    Microphone,

    /// <summary>A renegotiation failed; what was agreed before stays.</summary>
    Negotiation,

    /// <summary>The signaling connection was refused, or the server refused a message.</summary>
    Signaling,

    /// <summary>The screen could not be shared, or the user thought better of it; what was sent before is sent on.</summary>
    Screen,

    /// <summary>The call could not be put on hold, or taken off it; it goes on.</summary>
    Hold,

    /// <summary>A device that the user had chosen is gone, and the system's default is used in its place.</summary>
    Device,

    /// <summary>What plays the other side's voice is gone; the call goes on.</summary>
    Speaker,
}
