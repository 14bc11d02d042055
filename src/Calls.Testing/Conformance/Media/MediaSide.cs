using Calls.Media;
using Calls.Signaling;

namespace Calls.Testing;

/// <summary>One session of a case, what it raised, and how much of it was carried over.</summary>
internal sealed class MediaSide(IMediaSession session)
{
    private int _carried;

    public IMediaSession Session => session;

    /// <summary>The last offer that it made.</summary>
    public string Offer { get; set; } = "";

    /// <summary>Null before somebody listens.</summary>
    public Recording<MediaSessionEvent>? Events { get; private set; }

    public IReadOnlyList<MediaSessionEvent> All => Events?.All ?? [];

    public IReadOnlyList<MediaConnectionState> States => [.. All.OfType<ConnectionStateChanged>().Select(changed => changed.State)];

    public IReadOnlyList<IceCandidate> Gathered => [.. All.OfType<LocalCandidatesGathered>().SelectMany(gathered => gathered.Candidates)];

    public void Listen() => Events = new(session.Events);

    /// <summary>What was gathered since the last time.</summary>
    public IReadOnlyList<IceCandidate> TakeGathered()
    {
        IReadOnlyList<IceCandidate> fresh = [.. Gathered.Skip(_carried)];
        _carried += fresh.Count;
        return fresh;
    }
}
