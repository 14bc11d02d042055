namespace Calls.Media.WebRtc.Ice;

/// <summary>Which pair is used, and what that makes of the state (RFC 8445, section 8).</summary>
internal sealed partial class IceAgent
{
    private static readonly TimeSpan NominationLasts = TimeSpan.FromSeconds(1);
    private CandidatePair? _toldPath;
    private bool _wasSilent;

    /// <summary>The controlling side uses this pair.</summary>
    private static void Nominate(CheckList list, CandidatePair pair, TimeSpan now)
    {
        // A side that goes on to a pair of less priority means it, unless it only just named the other: some name all that they check.
        if (list.Selected is { IsNominated: true } selected && selected != pair && now - selected.NominatedAt >= NominationLasts)
            selected.IsNominated = false;
        (pair.IsNominated, pair.NominatedAt) = (true, now);
    }

    private void Settle(TimeSpan now)
    {
        if (_previous is not null)
            Select(_previous, now);
        Select(_current, now);
        if (_current.Selected is not null && _previous is not null)
            (_retired, _previous) = (_previous, null);
        WakeWhenSilent(now);

        if (Path != _toldPath)
            _sink.PathChanged(_toldPath = Path);
        var state = Reckon(now);
        if (state == State)
            return;
        State = state;
        _wasConnected |= state == IceState.Connected;
        _sink.StateChanged(state);
    }

    private void Select(CheckList list, TimeSpan now)
    {
        CandidatePair? best = null;
        foreach (var pair in list.Pairs)
        {
            if (pair.State == PairState.Succeeded && (best is null || IsBetter(pair, best, now)))
                best = pair;
        }

        if (best == list.Selected)
            return;
        if (best is null)
        {
            list.WakeAll(now);
            list.GrewAt = now;
        }
        else if (IsControlling)
        {
            // The next check tells the other side.
            (best.IsNominated, best.NextCheck) = (false, now);
        }
        else if (best.NextCheck > now + _settings.ConsentInterval)
        {
            best.NextCheck = now + Varied(_settings.ConsentInterval);
        }

        list.Selected = best;
    }

    private bool IsBetter(CandidatePair pair, CandidatePair than, TimeSpan now)
    {
        var (isSilent, otherIsSilent) = (pair.IsSilent(now, _settings.SilentAfter), than.IsSilent(now, _settings.SilentAfter));
        if (isSilent != otherIsSilent)
            return otherIsSilent;
        // The controlled side follows; until it is told, the best is used.
        if (!IsControlling && pair.IsNominated != than.IsNominated)
            return pair.IsNominated;
        return pair.Priority > than.Priority;
    }

    private void WakeWhenSilent(TimeSpan now)
    {
        var isSilent = Path is { } path && path.IsSilent(now, _settings.SilentAfter);
        if (isSilent && !_wasSilent)
            (_current.Selected is null && _previous is not null ? _previous : _current).WakeAll(now);
        _wasSilent = isSilent;
    }

    private IceState Reckon(TimeSpan now)
    {
        if (Path is { } path)
            return path.IsSilent(now, _settings.SilentAfter) ? IceState.Disconnected : IceState.Connected;
        if (_current.Remote is null)
            return IsRestarting ? State == IceState.Failed ? IceState.Checking : State : IceState.New;
        if (now - _current.GrewAt >= _settings.GiveUpAfter || _localEnded && _current.RemoteEnded && AllWasTried())
            return IceState.Failed;
        return _wasConnected && State != IceState.Failed ? IceState.Disconnected : IceState.Checking;
    }

    private bool AllWasTried()
    {
        // Where nothing fits nothing was tried: networks come and go, and the other side may know a way here (RFC 8863). Only a relay is not waited for.
        if (_current.Pairs.Count == 0)
            return _settings.RelayOnly && !_wasConnected;
        foreach (var pair in _current.Pairs)
        {
            if (pair.State != PairState.Failed)
                return false;
        }

        return true;
    }
}
