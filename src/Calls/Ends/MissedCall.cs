namespace Calls;

/// <summary>A call that came and never rang here.</summary>
/// <param name="CallId">The call.</param>
/// <param name="ChatId">The conversation.</param>
/// <param name="From">Who called.</param>
/// <param name="Video">Whether it was a video call.</param>
/// <param name="Cause">Why it did not ring.</param>
public sealed record MissedCall(CallId CallId, string ChatId, CallPeer? From, bool Video, MissedCallCause Cause);

/// <summary>Why a call never rang.</summary>
public enum MissedCallCause
{
    /// <summary>This user was in another call.</summary>
    Busy,

    /// <summary>The offer arrived after its ring time.</summary>
    Late,
}
