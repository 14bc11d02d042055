using System.Diagnostics;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Ice;

/// <summary>When which check is sent (RFC 8445, sections 6.1.4 and 14; RFC 7675).</summary>
internal sealed partial class IceAgent
{
    private const int MaximumCheckLength = 700;
    private TimeSpan _nextSlot;

    /// <summary>When <see cref="HandleTimeout"/> wants to be called next; null: not before something happens.</summary>
    public TimeSpan? NextTimeout { get; private set; }

    private TimeSpan SlotAt => _nextSlot - (_settings.Burst - 1) * _settings.Pace;

    /// <summary>Does what is due. May be called at any time.</summary>
    public void HandleTimeout(TimeSpan now)
    {
        Expire(_current, now);
        if (_previous is not null)
            Expire(_previous, now);
        Settle(now);
        AskConsent(_current, now);
        if (_previous is not null)
            AskConsent(_previous, now);
        while (now >= SlotAt && NextPaced(now) is var (list, pair))
        {
            SendCheck(list, pair, now);
            _nextSlot = (_nextSlot > now ? _nextSlot : now) + _settings.Pace;
        }

        NextTimeout = Earliest(now);
    }

    private void Expire(CheckList list, TimeSpan now)
    {
        foreach (var pair in list.Pairs)
        {
            var isOver = pair.State switch
            {
                PairState.InProgress => pair.Unanswered >= _settings.Attempts && now >= pair.NextCheck,
                PairState.Succeeded => now - pair.AnsweredAt >= _settings.ConsentLifetime,
                _ => false,
            };
            if (isOver)
                pair.State = PairState.Failed;
        }
    }

    /// <summary>Asks on the pairs that were answered. Few and far between, so they wait for no slot.</summary>
    private void AskConsent(CheckList list, TimeSpan now)
    {
        foreach (var pair in list.Pairs)
        {
            if (pair.State == PairState.Succeeded && now >= pair.NextCheck)
                SendCheck(list, pair, now);
        }
    }

    /// <summary>What the next slot is for: an answer to a check of theirs, then what was not answered, then what is new.</summary>
    private (CheckList List, CandidatePair Pair)? NextPaced(TimeSpan now)
    {
        foreach (var list in (ReadOnlySpan<CheckList?>)[_current, _previous])
        {
            if (list?.Remote is null)
                continue;
            var next = Triggered(list) ?? Retry(list, now) ?? list.NextToStart(now);
            if (next is not null)
                return (list, next);
        }

        return null;
    }

    private static CandidatePair? Triggered(CheckList list)
    {
        CandidatePair? best = null;
        foreach (var pair in list.Pairs)
        {
            if (pair.IsTriggered && (best is null || pair.Priority > best.Priority))
                best = pair;
        }

        return best;
    }

    private static CandidatePair? Retry(CheckList list, TimeSpan now)
    {
        CandidatePair? due = null;
        foreach (var pair in list.Pairs)
        {
            if (pair.State == PairState.InProgress && now >= pair.NextCheck && list.IsWanted(pair, now) && (due is null || pair.NextCheck < due.NextCheck))
                due = pair;
        }

        return due;
    }

    private void SendCheck(CheckList list, CandidatePair pair, TimeSpan now)
    {
        pair.IsTriggered = false;
        if (pair.State != PairState.Succeeded)
            pair.State = PairState.InProgress;
        var transaction = TransactionId.Create();
        pair.Sent(transaction, IsControlling, now);
        pair.NextCheck = now + RetryAfter(list, pair);

        Span<byte> buffer = stackalloc byte[MaximumCheckLength];
        StunWriter check = new(buffer, StunClass.Request, StunMethod.Binding, transaction);
        check.Add(StunAttribute.Username, list.Username);
        check.Add(StunAttribute.Priority, pair.Local.ReflexivePriority);
        check.Add(IsControlling ? StunAttribute.IceControlling : StunAttribute.IceControlled, _tieBreaker);
        if (IsControlling && pair == list.Selected)
            check.Add(StunAttribute.UseCandidate, []);
        check.AddIntegrity(list.RemoteKey);
        check.AddFingerprint();
        _sink.Transmit(pair.Local.BaseId, pair.Remote.Address, check.Finish());
    }

    private TimeSpan RetryAfter(CheckList list, CandidatePair pair)
    {
        if (pair.State == PairState.Succeeded)
            return pair.Unanswered < 3 && IsControlling && pair == list.Selected && !pair.IsNominated ? _settings.FirstRetry : _settings.ConsentRetry;
        var wait = _settings.FirstRetry * (1 << Math.Min(pair.Unanswered - 1, 10));
        return wait < _settings.LongestRetry ? wait : _settings.LongestRetry;
    }

    private TimeSpan Varied(TimeSpan time) => time * (0.8 + 0.4 * _random.NextDouble());

    private TimeSpan? Earliest(TimeSpan now)
    {
        var next = TimeSpan.MaxValue;
        foreach (var list in (ReadOnlySpan<CheckList?>)[_current, _previous])
        {
            if (list?.Remote is null)
                continue;
            var needsSlot = false;
            foreach (var pair in list.Pairs)
            {
                needsSlot |= pair.IsTriggered;
                if (pair.State == PairState.InProgress && list.IsWanted(pair, now))
                    Sooner(pair.Unanswered >= _settings.Attempts ? pair.NextCheck : Later(pair.NextCheck, SlotAt));
                if (pair.State != PairState.Succeeded)
                    continue;
                Sooner(pair.NextCheck);
                Sooner(pair.AnsweredAt + _settings.ConsentLifetime);
                if (pair.Unanswered > 0 && !pair.IsSilent(now, _settings.SilentAfter))
                    Sooner(pair.UnansweredSince + _settings.SilentAfter);
            }

            if (needsSlot || list.NextToStart(now) is not null)
                Sooner(SlotAt);
        }

        if (Path is null && State is IceState.Checking or IceState.Disconnected && _current.Remote is not null)
            Sooner(_current.GrewAt + _settings.GiveUpAfter);
        Debug.Assert(next > now, "What is due was done.");
        return next == TimeSpan.MaxValue ? null : next;

        void Sooner(TimeSpan time) => next = time < next ? time : next;
        static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
    }
}
