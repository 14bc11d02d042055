namespace Calls.Testing;

/// <summary>Where scripted sessions find each other: two whose descriptions met become Connected. Share one among the sources of a test.</summary>
public sealed class ScriptedMediaNetwork
{
    private readonly Lock _gate = new();
    private readonly List<WeakReference<ScriptedMediaSession>> _sessions = [];

    /// <summary>While true sessions that met stay Connecting.</summary>
    public bool IsCut { get; set; }

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
