using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Calls.Signaling.Server;

/// <summary>Every connection of this server by its device, and with it who is online.</summary>
internal sealed class ConnectionRegistry : ICallPresence
{
    /// <summary>The last word to a connection whose device has connected again.</summary>
    public static readonly ErrorMessage Superseded = new()
    {
        Code = ErrorCodes.Superseded,
        Message = "This device has connected again; this older connection closes.",
    };

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<DeviceKey, ICallConnection> _byDevice = new();
    private readonly Dictionary<string, List<ICallConnection>> _byUser = [];
    private readonly List<PresenceWatcher> _watchers = [];
    private TaskCompletionSource? _empty;

    /// <summary>How many connections there are.</summary>
    public int Count => _byDevice.Count;

    /// <summary>Every connection.</summary>
    public IReadOnlyList<ICallConnection> All => [.. _byDevice.Values];

    public IReadOnlyList<OnlineUser> Online
    {
        get
        {
            lock (_gate)
                return [.. _byUser.Values.Select(UserOf)];
        }
    }

    public ICallConnection? Find(DeviceKey device) => _byDevice.GetValueOrDefault(device);

    public bool IsOnline(string userId)
    {
        lock (_gate)
            return _byUser.ContainsKey(userId);
    }

    public IReadOnlyList<Party> PartiesOf(string userId)
    {
        List<Party> parties = [];
        AddPartiesOf(userId, parties);
        return parties;
    }

    public void AddPartiesOf(string userId, List<Party> parties)
    {
        lock (_gate)
        {
            if (!_byUser.TryGetValue(userId, out var connections))
                return;
            foreach (var connection in connections)
                parties.Add(connection.Party);
        }
    }

    /// <summary>Completes when no connection is left.</summary>
    public Task WhenEmptyAsync()
    {
        lock (_gate)
        {
            if (_byUser.Count == 0)
                return Task.CompletedTask;
            _empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _empty.Task;
        }
    }

    /// <summary>Adds a connection, and returns the older one of the same device that it replaces.</summary>
    public ICallConnection? Add(ICallConnection connection)
    {
        var device = DeviceKey.Of(connection.Party);
        lock (_gate)
        {
            if (!_byUser.TryGetValue(device.UserId, out var connections))
                _byUser.Add(device.UserId, connections = []);
            var isFirst = connections.Count == 0;
            var replaced = Find(device);
            if (replaced is not null)
                connections.Remove(replaced);
            connections.Add(connection);
            Mark(replaced, isFound: false);
            Mark(connection, isFound: true);
            _byDevice[device] = connection;
            if (isFirst)
                Tell(new PresenceChange(UserOf(connections), IsOnline: true));
            return replaced;
        }
    }

    /// <summary>Removes a connection; false if a newer one of the same device has taken its place.</summary>
    public bool Remove(ICallConnection connection)
    {
        var device = DeviceKey.Of(connection.Party);
        lock (_gate)
        {
            if (!_byDevice.TryRemove(KeyValuePair.Create(device, connection)))
                return false;
            Mark(connection, isFound: false);
            var connections = _byUser[device.UserId];
            var user = UserOf(connections);
            connections.Remove(connection);
            if (connections.Count == 0)
            {
                _byUser.Remove(device.UserId);
                Tell(new PresenceChange(user, IsOnline: false));
                if (_byUser.Count == 0)
                    _empty?.TrySetResult();
            }

            return true;
        }
    }

    public async IAsyncEnumerable<PresenceChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        PresenceWatcher watcher = new();
        lock (_gate)
        {
            foreach (var connections in _byUser.Values)
                watcher.Tell(new PresenceChange(UserOf(connections), IsOnline: true));
            _watchers.Add(watcher);
        }

        try
        {
            while (true)
                yield return await watcher.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
                _watchers.Remove(watcher);
        }
    }

    /// <summary>Who has found a connection once can ask it whether it is still the one to be found.</summary>
    private static void Mark(ICallConnection? connection, bool isFound)
    {
        if (connection is QueuedConnection queued)
            queued.IsFound = isFound;
    }

    private static OnlineUser UserOf(List<ICallConnection> connections) => new(connections[^1].Party.UserId, connections[^1].Party.DisplayName);

    private void Tell(PresenceChange change)
    {
        foreach (var watcher in _watchers)
            watcher.Tell(change);
    }
}
