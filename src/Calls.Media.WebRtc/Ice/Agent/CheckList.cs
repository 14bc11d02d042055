using System.Text;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Ice;

/// <summary>The pairs of one generation (RFC 8445, section 6.1.2); a restart begins another.</summary>
internal sealed class CheckList(IceCredentials local, IceAgentSettings settings)
{
    private readonly List<RemoteCandidate> _remotes = [];
    private readonly List<CandidatePair> _pairs = [];

    public IceCredentials Local { get; } = local;

    /// <summary>What signs requests from the other side, and our answers.</summary>
    public byte[] LocalKey { get; } = Encoding.UTF8.GetBytes(local.Pwd);

    /// <summary>The other side's; null: not known yet, and no check is sent.</summary>
    public IceCredentials? Remote { get; private set; }

    /// <summary>What signs our requests.</summary>
    public byte[] RemoteKey { get; private set; } = [];

    /// <summary>What our requests name: theirs, then ours.</summary>
    public byte[] Username { get; private set; } = [];

    /// <summary>Whether the other side has no more candidates.</summary>
    public bool RemoteEnded { get; set; }

    /// <summary>When the last pair came.</summary>
    public TimeSpan GrewAt { get; set; }

    /// <summary>What data is sent on; null: nothing was answered yet.</summary>
    public CandidatePair? Selected { get; set; }

    /// <summary>The list itself: to look through an interface would cost memory each time.</summary>
    public List<CandidatePair> Pairs => _pairs;

    public void SetRemote(IceCredentials remote)
        => (Remote, RemoteKey, Username) = (remote, Encoding.UTF8.GetBytes(remote.Pwd), Encoding.UTF8.GetBytes($"{remote.Ufrag}:{Local.Ufrag}"));

    public CandidatePair? Find(int baseId, TransportAddress address)
    {
        foreach (var pair in _pairs)
        {
            if (pair.Is(baseId, address))
                return pair;
        }

        return null;
    }

    /// <summary>Pairs a base with all that the other side has.</summary>
    public void AddLocal(LocalCandidate local, bool isControlling, TimeSpan now)
    {
        foreach (var remote in _remotes)
            Pair(local, remote, isControlling, now);
    }

    /// <summary>Takes a candidate of the other side and pairs it with the bases. What is known already is only made better known.</summary>
    /// <returns>Whether it is known now.</returns>
    public bool AddRemote(RemoteCandidate remote, IReadOnlyList<LocalCandidate> locals, bool isControlling, TimeSpan now)
    {
        var known = _remotes.FindIndex(one => one.Address == remote.Address);
        if (known >= 0)
        {
            if (_remotes[known].Kind == IceCandidateKind.PeerReflexive && remote.Kind != IceCandidateKind.PeerReflexive)
                Replace(known, remote, isControlling);
            return true;
        }

        if (_remotes.Count >= settings.MaximumRemotes)
            return false;
        _remotes.Add(remote);
        foreach (var local in locals)
            Pair(local, remote, isControlling, now);
        return true;
    }

    /// <summary>The pair of a known candidate that a base was reached from; null: there are too many.</summary>
    public CandidatePair? PairHeard(LocalCandidate local, TransportAddress from, bool isControlling, TimeSpan now)
    {
        // It came through, so there is a way, whatever was thought of it.
        if (Find(local.BaseId, from) is null && _remotes.Find(one => one.Address == from) is { } remote)
            Add(local, remote, isControlling, now);
        return Find(local.BaseId, from);
    }

    public void RemoveBase(int baseId)
    {
        _pairs.RemoveAll(pair => pair.Local.BaseId == baseId);
        if (Selected?.Local.BaseId == baseId)
            Selected = null;
    }

    public void RankAll(bool isControlling)
    {
        foreach (var pair in _pairs)
            pair.Rank(isControlling);
    }

    /// <summary>Lets every pair try again.</summary>
    public void WakeAll(TimeSpan now)
    {
        foreach (var pair in _pairs)
        {
            if (pair.State == PairState.Failed)
            {
                pair.State = PairState.Waiting;
                pair.Forgive();
            }
            else if (pair.State == PairState.Succeeded && pair != Selected)
            {
                pair.NextCheck = now;
            }
        }
    }

    /// <summary>A pair was answered: those like it need not wait for it any longer (RFC 8445, section 7.2.5.3.3).</summary>
    public void Unfreeze(CandidatePair like)
    {
        foreach (var pair in _pairs)
        {
            if (pair.State == PairState.Frozen && AreAlike(pair, like))
                pair.State = PairState.Waiting;
        }
    }

    /// <summary>While there is a way that is answered, only better ones are looked for.</summary>
    public bool IsWanted(CandidatePair pair, TimeSpan now)
        => Selected is not { } selected || pair.Priority > selected.Priority || selected.IsSilent(now, settings.SilentAfter);

    /// <summary>The next pair to check for the first time (RFC 8445, section 6.1.4.2); null: none.</summary>
    public CandidatePair? NextToStart(TimeSpan now)
    {
        CandidatePair? best = null;
        foreach (var pair in _pairs)
        {
            if (pair.State is not (PairState.Waiting or PairState.Frozen) || !IsWanted(pair, now))
                continue;
            if (best is not null && (best.State, pair.State) is (PairState.Waiting, PairState.Frozen))
                continue;
            var isBefore = best is null || best.State != pair.State || pair.Priority > best.Priority;
            if (isBefore && (pair.State == PairState.Waiting || !WaitsForAnother(pair, now)))
                best = pair;
        }

        return best;
    }

    private bool WaitsForAnother(CandidatePair frozen, TimeSpan now)
    {
        foreach (var pair in _pairs)
        {
            if (pair.State is PairState.Waiting or PairState.InProgress && AreAlike(pair, frozen) && IsWanted(pair, now))
                return true;
        }

        return false;
    }

    private static bool AreAlike(CandidatePair one, CandidatePair other)
        => one.Local.Foundation == other.Local.Foundation && one.Remote.Foundation == other.Remote.Foundation;

    private void Pair(LocalCandidate local, RemoteCandidate remote, bool isControlling, TimeSpan now)
    {
        if (CanReach(local, remote.Address) && Find(local.BaseId, remote.Address) is null)
            Add(local, remote, isControlling, now);
    }

    private void Add(LocalCandidate local, RemoteCandidate remote, bool isControlling, TimeSpan now)
    {
        CandidatePair pair = new(local, remote);
        pair.Rank(isControlling);
        if (_pairs.Count >= settings.MaximumPairs && !MakeRoom(pair.Priority))
            return;
        _pairs.Add(pair);
        GrewAt = now;
    }

    /// <summary>Gives up the worst pair that nothing came of, if it is worse.</summary>
    private bool MakeRoom(ulong priority)
    {
        var worst = -1;
        for (var i = 0; i < _pairs.Count; i++)
        {
            if (_pairs[i].State != PairState.Succeeded && !_pairs[i].IsHeard && (worst < 0 || _pairs[i].Priority < _pairs[worst].Priority))
                worst = i;
        }

        if (worst < 0 || _pairs[worst].Priority >= priority)
            return false;
        _pairs.RemoveAt(worst);
        return true;
    }

    private static bool CanReach(LocalCandidate local, TransportAddress remote)
    {
        if (!local.IsBase || local.Address.IsIPv6 != remote.IsIPv6)
            return false;
        // From the loopback there is no way out, and none in; a relay is on another machine, or is told to allow it.
        return local.Kind == IceCandidateKind.Relayed || local.Address.IsLoopback == remote.IsLoopback;
    }

    private void Replace(int known, RemoteCandidate remote, bool isControlling)
    {
        _remotes[known] = remote;
        foreach (var pair in _pairs)
        {
            if (pair.Remote.Address != remote.Address)
                continue;
            pair.Remote = remote;
            pair.Rank(isControlling);
        }
    }
}
