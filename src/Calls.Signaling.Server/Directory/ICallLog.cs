namespace Calls.Signaling.Server;

/// <summary>Writes down calls that are over: a history for users, a list of missed calls, statistics.</summary>
public interface ICallLog
{
    /// <summary>Writes down a call. Once a call; where many servers are one, twice if a server dies while it tells, so write by <see cref="CallRecord.CallId"/>. A
    /// failure is logged, and changes nothing for the call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">The server stops.</param>
    ValueTask WriteAsync(CallRecord call, CancellationToken cancellationToken);
}

/// <summary>One call that is over.</summary>
public sealed record CallRecord
{
    /// <summary>The call.</summary>
    public required CallId CallId { get; init; }

    /// <summary>The conversation, as the caller names it.</summary>
    public required string ChatId { get; init; }

    /// <summary>Who called.</summary>
    public required Party Caller { get; init; }

    /// <summary>Who was called: those who were rung, or would have been had a device of theirs been online.</summary>
    public required IReadOnlyList<CallRecordCallee> Callees { get; init; }

    /// <summary>Whether the caller asked for a video call.</summary>
    public bool Video { get; init; }

    /// <summary>When the caller rang.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was answered; null: never.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Who answered; null: nobody.</summary>
    public Party? AnsweredBy { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>How it ended.</summary>
    public required CallOutcome Outcome { get; init; }

    /// <summary>How long the two talked; zero where nobody answered.</summary>
    public TimeSpan Duration => AnsweredAt is { } answered ? EndedAt - answered : TimeSpan.Zero;

    /// <summary>Whether a callee missed the call: nobody answered it, and no device of his refused.</summary>
    public bool IsMissedBy(string userId)
        => AnsweredAt is null && Callees.Any(callee => callee.UserId == userId && !callee.Refused);
}

/// <summary>A user who was called.</summary>
/// <param name="UserId">The user.</param>
/// <param name="ChatId">The conversation, as he names it.</param>
/// <param name="Refused">Whether a device of his declined, or wanted and could not.</param>
public sealed record CallRecordCallee(string UserId, string ChatId, bool Refused);
