using System.Collections.Concurrent;
using Calls.Signaling;

namespace Calls.Media.SIPSorcery.Tests.Against;

/// <summary>What a session told.</summary>
internal sealed class Heard : IObserver<MediaSessionEvent>
{
    private readonly ConcurrentQueue<MediaConnectionState> _states = new();

    public IReadOnlyList<MediaConnectionState> States => [.. _states];

    /// <summary>Those that are still to be carried over.</summary>
    public ConcurrentQueue<IceCandidate> Candidates { get; } = new();

    public void OnNext(MediaSessionEvent value)
    {
        if (value is ConnectionStateChanged changed)
            _states.Enqueue(changed.State);
        else if (value is LocalCandidatesGathered gathered)
            foreach (var candidate in gathered.Candidates)
                Candidates.Enqueue(candidate);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error) => throw error;
}
