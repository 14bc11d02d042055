namespace Calls.Signaling.Server.Orleans;

/// <summary>What a call sends: for each node one batch at a time, so that nothing overtakes, and again until it has arrived or its connection is no
/// more. Belongs to one grain, and runs where that runs.</summary>
internal sealed class Posting(CallGrainServices services)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly Dictionary<string, Queue<Post>> _waiting = [];
    private readonly Dictionary<string, Task> _running = [];

    public void Send(IReadOnlyList<Outgoing> outgoing, string callId, Func<Guid, bool> isCurrent, Action<Guid> lost)
    {
        foreach (var (to, message, seq, at) in outgoing)
        {
            if (!_waiting.TryGetValue(to.Observer, out var queue))
                _waiting.Add(to.Observer, queue = new Queue<Post>());
            queue.Enqueue(new Post(to.Connection, callId, seq, at.Ticks, SignalingJson.Serialize(message)));
        }

        foreach (var node in _waiting.Keys.Where(node => !_running.ContainsKey(node)).ToArray())
            _running[node] = RunAsync(node, isCurrent, lost);
    }

    /// <summary>Completes when nothing is on its way.</summary>
    public Task DrainAsync() => Task.WhenAll(_running.Values);

    private async Task RunAsync(string node, Func<Guid, bool> isCurrent, Action<Guid> lost)
    {
        // Never before the caller has noted that it runs.
        await Task.Yield();
        while (_waiting.Remove(node, out var queue))
        {
            var batch = queue.ToArray();
            while (batch.Length > 0 && !await TrySendAsync(node, batch, lost))
            {
                await Task.Delay(Pause, services.Time);
                batch = [.. batch.Where(post => isCurrent(post.Connection))];
            }
        }

        _running.Remove(node);
    }

    private async Task<bool> TrySendAsync(string node, Post[] batch, Action<Guid> lost)
    {
        try
        {
            foreach (var connection in await services.Node(node).DeliverAsync(batch))
                lost(connection);
            return true;
        }
#pragma warning disable CA1031 // Whatever stands between two nodes: it is sent again, and the node knows what it has had.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            services.NotDelivered(exception);
            return false;
        }
    }
}
