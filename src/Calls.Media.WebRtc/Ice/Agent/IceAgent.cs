using Calls.Media.WebRtc.Prefetching;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Ice;

/// <summary>
/// Finds a way to the other side and keeps it (RFC 8445, a full agent; candidates trickle as in RFC 8838; consent as in RFC 7675), for one component.
/// It opens nothing and knows no clock. Not thread-safe.
/// </summary>
/// <remarks>
/// <para>Data is sent on the best pair that was answered, before it is nominated too. The controlling agent nominates the first pair that is answered at once, and a
/// better one when that is answered; each of its questions for consent nominates again.</para>
/// <para>A request that is not signed by the other side is not answered at all, so that nobody uses an agent to send to another.</para>
/// </remarks>
internal sealed partial class IceAgent
{
    private readonly IceAgentSettings _settings;
    private readonly IIceAgentSink _sink;
    private readonly Random _random;
    private readonly List<LocalCandidate> _locals = [];
    private readonly List<LocalCandidate> _reflexive = [];
    private readonly List<(RemoteCandidate Candidate, string? Ufrag)> _early = [];
    private readonly ulong _tieBreaker;
    private CheckList _current;

    // The generation before a restart: it carries the data until the new one can.
    private CheckList? _previous;

    // The one before the newest, once that has its way: it is answered for as long as the other side may still use it.
    private CheckList? _retired;
    // What a restart that the other side does not agree to is taken back to.
    private CheckList? _agreed;
    private bool _localEnded;
    private bool _wasConnected;

    /// <summary>An agent that knows nobody yet.</summary>
    /// <param name="isControlling">Whether this side decides: the one that made the first offer.</param>
    /// <param name="credentials">This side's.</param>
    /// <param name="sink">Where everything goes.</param>
    /// <param name="settings">Times and limits.</param>
    /// <param name="random">What varies the times.</param>
    public IceAgent(bool isControlling, IceCredentials credentials, IIceAgentSink sink, IceAgentSettings? settings = null, Random? random = null)
    {
        (IsControlling, _sink, _settings, _random) = (isControlling, sink, settings ?? new(), random ?? Random.Shared);
        _tieBreaker = TransactionId.Create().Low;
        _current = new(credentials, _settings);
    }

    /// <summary>Whether this side decides. Changes when both sides thought so (RFC 8445, section 7.3.1.1).</summary>
    public bool IsControlling { get; private set; }

    /// <summary>How far it is.</summary>
    public IceState State { get; private set; }

    /// <summary>What data is sent on; null: there is no way now.</summary>
    public CandidatePair? Path => _current.Selected ?? _previous?.Selected;

    /// <summary>This side's credentials in the newest generation.</summary>
    public IceCredentials LocalCredentials => _current.Local;

    /// <summary>The other side's in the newest generation; null: not known yet.</summary>
    public IceCredentials? RemoteCredentials => _current.Remote;

    /// <summary>Whether a restart has not found its way yet.</summary>
    public bool IsRestarting => _previous is not null;

    /// <summary>The pairs of the newest generation.</summary>
    public IReadOnlyList<CandidatePair> Pairs => _current.Pairs;

    /// <summary>Adds a candidate of this side. Those that are no base are sent from by theirs.</summary>
    /// <returns>Whether it may be used, and told to the other side.</returns>
    public bool AddLocalCandidate(LocalCandidate candidate, TimeSpan now)
    {
        if (_settings.RelayOnly && candidate.Kind != IceCandidateKind.Relayed)
            return false;
        if (!candidate.IsBase)
        {
            _reflexive.Add(candidate);
            return true;
        }

        _locals.Add(candidate);
        foreach (var list in Lists())
            list.AddLocal(candidate, IsControlling, now);
        HandleTimeout(now);
        return true;
    }

    /// <summary>There will be no more candidates of this side, for now.</summary>
    public void EndLocalCandidates(TimeSpan now)
    {
        _localEnded = true;
        HandleTimeout(now);
    }

    /// <summary>A base is gone: its address left the machine, or its relay the server.</summary>
    public void RemoveBase(int baseId, TimeSpan now)
    {
        _locals.RemoveAll(local => local.BaseId == baseId);
        _reflexive.RemoveAll(local => local.BaseId == baseId);
        foreach (var list in Lists())
        {
            var had = list.Selected is not null;
            list.RemoveBase(baseId);
            if (!had || list.Selected is not null)
                continue;
            list.WakeAll(now);
            list.GrewAt = now;
        }

        HandleTimeout(now);
    }

    /// <summary>The other side's credentials are known: checks begin.</summary>
    /// <exception cref="InvalidOperationException">It has others already: <see cref="Restart"/> comes first.</exception>
    public void SetRemoteCredentials(IceCredentials remote, TimeSpan now)
    {
        if (_current.Remote == remote)
            return;
        if (_current.Remote is not null)
            throw new InvalidOperationException("The other side has credentials in this generation; restart before it gets others.");
        _current.SetRemote(remote);
        _current.GrewAt = now;
        _agreed = null;
        foreach (var (candidate, ufrag) in _early)
        {
            if (ufrag is null || ufrag == remote.Ufrag)
                _current.AddRemote(candidate, _locals, IsControlling, now);
        }

        _early.Clear();
        HandleTimeout(now);
    }

    /// <summary>Adds a candidate that the other side told.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="ufrag">The generation that it belongs to; null: the newest.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether it is known now; not so if its generation is unknown, or there are too many.</returns>
    public bool AddRemoteCandidate(RemoteCandidate candidate, string? ufrag, TimeSpan now)
    {
        var list = ufrag is null || ufrag == _current.Remote?.Ufrag ? _current : ufrag == _previous?.Remote?.Ufrag ? _previous : null;
        var added = false;
        if (list?.Remote is not null)
        {
            added = list.AddRemote(candidate, _locals, IsControlling, now);
        }
        else if (_current.Remote is null && _early.Count < _settings.MaximumRemotes)
        {
            // Before the answer nobody knows which generation it will be.
            _early.Add((candidate, ufrag));
            added = true;
        }

        HandleTimeout(now);
        return added;
    }

    /// <summary>The other side has no more candidates in a generation.</summary>
    public void EndRemoteCandidates(string? ufrag, TimeSpan now)
    {
        if (ufrag is null || ufrag == _current.Remote?.Ufrag)
            _current.RemoteEnded = true;
        HandleTimeout(now);
    }

    /// <summary>Begins a new generation (RFC 8445, section 9). The way that there is stays in use until the new one has its own.</summary>
    /// <param name="credentials">This side's new ones.</param>
    /// <param name="now">The time.</param>
    public void Restart(IceCredentials credentials, TimeSpan now)
    {
        if (_current.Remote is not null)
        {
            _agreed = _current;
            // Where one restart follows another, the data still goes on the way of an older generation.
            if (_current.Selected is not null || _previous is null)
                _previous = _current;
            else
                _retired = _current;
        }

        _current = new CheckList(credentials, _settings) { GrewAt = now };
        _early.Clear();
        _localEnded = false;
        HandleTimeout(now);
    }

    /// <summary>Takes a restart back that was not agreed to. Without one, nothing happens.</summary>
    public void CancelRestart(TimeSpan now)
    {
        if (_agreed is null)
            return;
        if (_previous == _agreed)
            _previous = null;
        if (_retired == _agreed)
            _retired = null;
        (_current, _agreed) = (_agreed, null);
        _early.Clear();
        HandleTimeout(now);
    }

    /// <summary>Whether data from there is from the other side: it has shown by a signed message that it is there.</summary>
    public bool Accepts(int baseId, TransportAddress from, TimeSpan now)
    {
        if (Path is { } path && path.Is(baseId, from) && TakeAsHeard(path, now))
            return true;
        // What is under way when a generation ends may come on a way that the next one knows, but has not heard from yet.
        foreach (var list in (ReadOnlySpan<CheckList?>)[_current, _previous, _retired])
        {
            if (list?.Find(baseId, from) is { } pair && TakeAsHeard(pair, now))
                return true;
        }

        return false;
    }

    /// <summary>Prepares <see cref="Accepts"/>; as <see cref="Prefetching.IPrefetched.Prefetch"/>.</summary>
    public void Prefetch(int step)
    {
        if (step == 0)
            CacheLines.Fetch(_current);
        else if (step == 1)
            CacheLines.Fetch(Path, lines: 2);
    }

    private static bool TakeAsHeard(CandidatePair pair, TimeSpan now)
    {
        if (!pair.IsHeard && pair.State != PairState.Succeeded)
            return false;
        pair.HeardAt = now;
        return true;
    }

    private IEnumerable<CheckList> Lists() => _previous is null ? [_current] : [_current, _previous];
}
