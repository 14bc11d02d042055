using System.Collections.Concurrent;

namespace Calls.Signaling.Server.Orleans;

/// <summary>This node as the grains see it: its connections by their ids. One observer for all of them.</summary>
internal sealed class CallNode(IGrainFactory grains, ILocalSiloDetails silo, ClusterClock clock) : ICallNode
{
    private readonly ConcurrentDictionary<Guid, NodeConnection> _byId = new();
    private readonly ConcurrentDictionary<ICallConnection, NodeConnection> _byConnection = new(ReferenceEqualityComparer.Instance);
    private readonly Lock _gate = new();
    private ICallNode? _reference;

    /// <summary>What the cluster calls it.</summary>
    public string Name => silo.SiloAddress.ToParsableString();

    /// <summary>Every call that a connection of this node takes part in.</summary>
    public IReadOnlyCollection<string> Calls => _byId.Values.SelectMany(connection => connection.Calls).ToHashSet();

    public NodeConnection Add(ICallConnection connection)
    {
        var added = new NodeConnection(connection);
        _byId[added.Id] = added;
        _byConnection[connection] = added;
        return added;
    }

    public NodeConnection? Find(ICallConnection connection) => _byConnection.GetValueOrDefault(connection);

    public void Remove(NodeConnection connection)
    {
        _byId.TryRemove(connection.Id, out _);
        _byConnection.TryRemove(connection.Connection, out _);
    }

    /// <summary>How grains reach a connection of this node.</summary>
    public Link LinkTo(NodeConnection connection)
    {
        var party = connection.Connection.Party;
        return new Link(
            party.UserId, party.DeviceId, party.DisplayName, connection.Id, Epoch: 0, Name, Reference().GetGrainId().ToString());
    }

    public Task<Guid[]> DeliverAsync(Post[] posts)
    {
        List<Guid> lost = [];
        foreach (var post in posts)
        {
            clock.Observe(post.At);
            if (_byId.TryGetValue(post.Connection, out var connection))
                connection.Deliver(post);
            else if (!lost.Contains(post.Connection))
                lost.Add(post.Connection);
        }

        return Task.FromResult(lost.ToArray());
    }

    public Task<int> ProgressAsync(Guid connection, string callId)
        => Task.FromResult(_byId.TryGetValue(connection, out var known) ? known.Had(callId) : -1);

    public Task SupersedeAsync(Guid connection)
    {
        if (_byId.TryGetValue(connection, out var known))
            known.Connection.Close(ConnectionRegistry.Superseded);
        return Task.CompletedTask;
    }

    public Task ForgetAsync(string callId)
    {
        foreach (var connection in _byId.Values)
            connection.Forget(callId);
        return Task.CompletedTask;
    }

    private ICallNode Reference()
    {
        lock (_gate)
            return _reference ??= grains.CreateObjectReference<ICallNode>(this);
    }
}
