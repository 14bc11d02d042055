namespace Calls.Testing;

/// <summary>Where scripted sessions find each other: two whose descriptions met become Connected. Share one among the sources of a test.</summary>
public sealed class ScriptedMediaNetwork
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, WeakReference<ScriptedMediaSession>> _sessions = []; // Whoever forgets to close one is not kept alive by it.
    private int _last = -1;

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
            sessions = [.. _sessions.OrderBy(one => one.Key).Select(one => one.Value.TryGetTarget(out var session) ? session : null).OfType<ScriptedMediaSession>()];
        foreach (var session in sessions)
            session.GoDown();
    }

    internal int Enter(ScriptedMediaSession session)
    {
        lock (_gate)
        {
            _sessions.Add(++_last, new(session));
            return _last;
        }
    }

    internal void Leave(int id)
    {
        lock (_gate)
            _sessions.Remove(id);
    }

    internal ScriptedMediaSession? Find(int id)
    {
        lock (_gate)
            return _sessions.TryGetValue(id, out var one) && one.TryGetTarget(out var session) ? session : null;
    }
}
