namespace Calls.Media.WebRtc.Turn;

/// <summary>Why a TURN server gave no relay, or took it back.</summary>
internal enum TurnFailureKind
{
    /// <summary>It did not answer.</summary>
    NoAnswer,

    /// <summary>The connection to it could not be made, or broke.</summary>
    NoConnection,

    /// <summary>It does not know the user, or not with this password (401, 441).</summary>
    Unauthorized,

    /// <summary>It does not let the user have a relay (403).</summary>
    Forbidden,

    /// <summary>The user has too many relays (486).</summary>
    QuotaReached,

    /// <summary>It has no more ports (508).</summary>
    NoCapacity,

    /// <summary>It sends us to another server (300).</summary>
    Redirected,

    /// <summary>Anything else.</summary>
    Refused,
}

/// <summary>Why a TURN server gave no relay, or took it back.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Code">The error's code; null: it said none.</param>
/// <param name="Reason">What the server or the system said; may be empty.</param>
internal sealed record TurnFailure(TurnFailureKind Kind, int? Code = null, string Reason = "")
{
    /// <summary>What an error code means.</summary>
    public static TurnFailure Of(int? code, string reason) => new(code switch
    {
        401 or 441 => TurnFailureKind.Unauthorized,
        403 => TurnFailureKind.Forbidden,
        486 => TurnFailureKind.QuotaReached,
        508 => TurnFailureKind.NoCapacity,
        300 => TurnFailureKind.Redirected,
        _ => TurnFailureKind.Refused,
    }, code, reason);
}
