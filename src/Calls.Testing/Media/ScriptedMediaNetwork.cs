namespace Calls.Testing;

/// <summary>Where scripted sessions find each other: two whose descriptions met become Connected. Share one among the sources of a test.</summary>
public sealed class ScriptedMediaNetwork
{
    private readonly Lock _gate = new();
    private readonly List<WeakReference<ScriptedMediaSession>> _sessions = [];

    /// <summary>While true sessions that met stay Connecting.</summary>
    public bool IsCut { get; set; }

    /// <summary>
    /// Loses every connection that is up, as when a network goes: its sessions report <see cref="Calls.Media.MediaConnectionState.Failed"/>. A round of offer
    /// and answer, or a new session, connects again, unless the network <see cref="IsCut"/>.
    /// </summary>
    public void LoseConnections()
    {
        ScriptedMediaSession[] sessions;
        lock (_gate)
            sessions = [.. _sessions.Select(one => one.TryGetTarget(out var session) ? session : null).OfType<ScriptedMediaSession>()];
        foreach (var session in sessions)
            session.GoDown();
    }

    internal int Enter(ScriptedMediaSession session)
    {
        lock (_gate)
        {
            _sessions.Add(new(session));
            return _sessions.Count - 1;
        }
    }

    internal ScriptedMediaSession? Find(int id)
    {
        lock (_gate)
            return id >= 0 && id < _sessions.Count && _sessions[id].TryGetTarget(out var session) ? session : null;
    }
}
