using System.Collections.Immutable;
using Calls.Signaling;

namespace Calls.Machine;

/// <summary>Candidates that overtook the offer of their call: kept for a few calls, the oldest dropped first.</summary>
internal sealed record EarlyCandidates(ImmutableList<EarlyCandidates.Entry> Entries)
{
    private const int MaxCalls = 4;

    public static EarlyCandidates None { get; } = new(ImmutableList<Entry>.Empty);

    public EarlyCandidates Keep(CallId id, IReadOnlyList<IceCandidate> candidates, int limit)
    {
        var kept = Of(id);
        var rest = Drop(id).Entries;
        if (rest.Count == MaxCalls)
            rest = rest.RemoveAt(0);
        return new(rest.Add(new(id, Append(kept, candidates, limit))));
    }

    public ImmutableArray<IceCandidate> Of(CallId id)
        => Entries.Find(entry => entry.Id == id)?.Candidates ?? [];

    public EarlyCandidates Drop(CallId id)
    {
        var at = Entries.FindIndex(entry => entry.Id == id);
        return at < 0 ? this : new(Entries.RemoveAt(at));
    }

    /// <summary>The two in order, and of more than <paramref name="limit"/> the newest.</summary>
    public static ImmutableArray<IceCandidate> Append(ImmutableArray<IceCandidate> kept, IReadOnlyList<IceCandidate> more, int limit)
    {
        var all = kept.AddRange(more);
        return all.Length <= limit ? all : all.RemoveRange(0, all.Length - limit);
    }

    internal sealed record Entry(CallId Id, ImmutableArray<IceCandidate> Candidates);
}
