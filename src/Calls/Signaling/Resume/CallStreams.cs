namespace Calls.Signaling;

/// <summary>
/// Numbers what this client sends and remembers it until the call is over, drops what it has received already, and tells after a reconnect
/// what each side missed: so every transport gets exactly-once. Not thread-safe: it belongs to one mailbox.
/// </summary>
internal sealed class CallStreams
{
    private const int MaxStreams = 32;

    private readonly Dictionary<CallId, CallStream> _streams = [];
    private readonly Queue<CallId> _order = [];

    /// <summary>How many calls are remembered.</summary>
    public int Count => _streams.Count;

    /// <summary>Every call that is remembered, oldest first.</summary>
    public IEnumerable<(CallId Id, CallStream Stream)> All => _order.Select(id => (id, _streams[id]));

    /// <summary>The same memory, that goes its own way from here: for whoever looks at more than one future.</summary>
    public CallStreams Copy()
    {
        var copy = new CallStreams();
        foreach (var id in _order)
        {
            copy._order.Enqueue(id);
            copy._streams.Add(id, _streams[id].Copy());
        }

        return copy;
    }

    /// <summary>The message with the next number of its call; it is kept for a replay.</summary>
    public CallMessage Stamp(CallMessage message) => Stream(message.CallId).Stamp(message);

    /// <summary>Whether <paramref name="message"/> is the next of its call.</summary>
    public Arrival Receive(CallMessage message)
        => message.Seq is { } seq ? Stream(message.CallId).Receive(seq) : Arrival.New;

    /// <summary>What this client has of each call.</summary>
    public ResumeMessage Resume()
        => new() { Calls = [.. _order.Select(id => new CallProgress(id, _streams[id].Received))] };

    /// <summary>What the server, by its welcome, has not got: in order, call by call. What it has for good is forgotten.</summary>
    /// <param name="welcome">The welcome.</param>
    /// <param name="connected">The call whose two sides are connected. A server that does not know it is told nothing of it: it would ring every device of the callee once more, and pass on descriptions
    /// that are long out of date.</param>
    public IReadOnlyList<CallMessage> Missing(WelcomeMessage welcome, CallId? connected)
    {
        List<CallMessage> missing = [];
        foreach (var id in _order.ToArray())
        {
            var stream = _streams[id];
            var known = welcome.Calls.FirstOrDefault(call => call.CallId == id);
            var unheard = stream.Missing(known?.Received ?? 0, isKnown: known is not null);
            if (known is not null || id != connected)
                missing.AddRange(unheard);
            stream.Welcomed(known?.Received ?? 0);
            if (stream.IsOver && known is null)
                Forget(id);
        }

        // Calls of another life of this device: an app that crashed, a page that was loaded again.
        foreach (var (id, received) in welcome.Calls)
        {
            if (!_streams.ContainsKey(id) && _streams.Count < MaxStreams)
                Stream(id).Welcomed(received);
        }

        return missing;
    }

    /// <summary>The call is over: of what was sent only the last word may still matter to the server.</summary>
    public void Close(CallId id)
    {
        if (_streams.TryGetValue(id, out var stream))
            stream.Close();
    }

    private CallStream Stream(CallId id)
    {
        if (_streams.TryGetValue(id, out var stream))
            return stream;
        if (_streams.Count == MaxStreams)
            Forget(_order.FirstOrDefault(old => _streams[old].IsOver, _order.Peek()));
        _order.Enqueue(id);
        return _streams[id] = new CallStream();
    }

    private void Forget(CallId id)
    {
        _streams.Remove(id);
        for (var i = _order.Count; i > 0; i--)
        {
            var next = _order.Dequeue();
            if (next != id)
                _order.Enqueue(next);
        }
    }
}

/// <summary>What to do with a numbered message.</summary>
internal enum Arrival
{
    /// <summary>The next one: take it.</summary>
    New,

    /// <summary>It was here before: drop it.</summary>
    Duplicate,

    /// <summary>One before it is missing: drop it, and ask for a replay.</summary>
    Gap,

    /// <summary>One before it is missing, and the replay was asked for: drop it.</summary>
    Waiting,
}
