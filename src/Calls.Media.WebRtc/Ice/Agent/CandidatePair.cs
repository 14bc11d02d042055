using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Ice;

/// <summary>Where a pair's check stands (RFC 8445, section 6.1.2.6).</summary>
internal enum PairState
{
    /// <summary>Waits for another of the same foundation.</summary>
    Frozen,

    /// <summary>To be checked.</summary>
    Waiting,

    /// <summary>A check was sent.</summary>
    InProgress,

    /// <summary>A check was answered: data may be sent.</summary>
    Succeeded,

    /// <summary>No check was answered.</summary>
    Failed,
}

/// <summary>A way to try: from a base of ours to an address of theirs.</summary>
internal sealed class CandidatePair(LocalCandidate local, RemoteCandidate remote)
{
    // Answers to any of the last few checks count, so that a late one is not lost to a retransmission.
    private readonly SentCheck[] _checks = new SentCheck[8];
    private int _sent;

    public LocalCandidate Local { get; } = local;

    /// <summary>May become better known: one that a check told is told again by signaling.</summary>
    public RemoteCandidate Remote { get; set; } = remote;

    public PairState State { get; set; } = PairState.Frozen;

    /// <summary>The order among the pairs.</summary>
    public ulong Priority { get; private set; }

    /// <summary>Whether a check from the other side asks for one of ours (RFC 8445, section 7.3.1.4).</summary>
    public bool IsTriggered { get; set; }

    /// <summary>Whether the controlling side chose it.</summary>
    public bool IsNominated { get; set; }

    /// <summary>When it was last told so.</summary>
    public TimeSpan NominatedAt { get; set; }

    /// <summary>Whether a check from the other side came on it.</summary>
    public bool IsHeard { get; set; }

    /// <summary>When the other side was last heard on it.</summary>
    public TimeSpan HeardAt { get; set; }

    /// <summary>Checks since the last answer.</summary>
    public int Unanswered { get; private set; }

    /// <summary>When the first check since the last answer was sent.</summary>
    public TimeSpan UnansweredSince { get; private set; }

    /// <summary>When the last answer came.</summary>
    public TimeSpan AnsweredAt { get; private set; }

    /// <summary>When the next check is due, of a pair that is in progress or has succeeded.</summary>
    public TimeSpan NextCheck { get; set; }

    /// <summary>The time of the last check and its answer; null: none was answered.</summary>
    public TimeSpan? RoundTripTime { get; private set; }

    /// <summary>This side's address as the other side sees it; null: none was answered.</summary>
    public TransportAddress? Mapped { get; private set; }

    /// <summary>Whether it goes from a base to an address.</summary>
    public bool Is(int baseId, TransportAddress address) => Local.BaseId == baseId && Remote.Address == address;

    /// <summary>Whether questions go unanswered for so long.</summary>
    public bool IsSilent(TimeSpan now, TimeSpan silentAfter) => Unanswered > 0 && now - UnansweredSince >= silentAfter;

    /// <summary>What the other side thinks of our end: that of the candidate that it sees (RFC 8445, section 7.2.5.3.2), once it has answered.</summary>
    public uint LocalPriority { get; set; } = local.Priority;

    /// <summary>Reckons the order anew.</summary>
    public void Rank(bool isControlling) => Priority = isControlling
        ? CandidatePriority.OfPair(LocalPriority, Remote.Priority)
        : CandidatePriority.OfPair(Remote.Priority, LocalPriority);

    /// <summary>A check was sent.</summary>
    public void Sent(TransactionId transaction, bool asControlling, TimeSpan now)
    {
        _checks[_sent++ % _checks.Length] = new(transaction, asControlling, now);
        if (Unanswered++ == 0)
            UnansweredSince = now;
    }

    /// <summary>The check that an answer belongs to; null: none of this pair.</summary>
    public SentCheck? Find(TransactionId transaction)
    {
        var count = Math.Min(_sent, _checks.Length);
        for (var i = 0; i < count; i++)
        {
            if (_checks[i].Transaction == transaction)
                return _checks[i];
        }

        return null;
    }

    /// <summary>A check was answered.</summary>
    public void Answered(SentCheck check, TransportAddress mapped, TimeSpan now)
    {
        (Unanswered, AnsweredAt, HeardAt, Mapped) = (0, now, now, mapped);
        RoundTripTime = now - check.SentAt;
        // What one answer settled, another does not settle again.
        for (var i = 0; i < _checks.Length; i++)
        {
            if (_checks[i] == check)
                _checks[i] = default;
        }
    }

    /// <summary>Counts anew from here.</summary>
    public void Forgive() => Unanswered = 0;
}

/// <summary>A check that may be answered.</summary>
/// <param name="Transaction">What its answer has.</param>
/// <param name="AsControlling">The role that it was sent in.</param>
/// <param name="SentAt">When.</param>
internal readonly record struct SentCheck(TransactionId Transaction, bool AsControlling, TimeSpan SentAt);
