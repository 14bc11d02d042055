namespace Calls.Signaling.Server.Orleans;

/// <summary>
/// A connection of this node: what has been sent on it of each call, so that nothing is sent twice though nodes tell it twice; and what waits, because
/// the welcome, or what the device missed, has to come before it. May be used from any thread.
/// </summary>
internal sealed class NodeConnection(ICallConnection connection)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _had = [];
    private List<Post>? _held = [];
    private Link? _link;
    private bool _isGone;

    public Guid Id { get; } = Guid.NewGuid();

    public ICallConnection Connection => connection;

    /// <summary>How grains know it; null until it has entered.</summary>
    public Link? Link => Volatile.Read(ref _link);

    public bool IsGone => Volatile.Read(ref _isGone);

    /// <summary>The calls that it takes part in.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_gate)
                return [.. _had.Keys];
        }
    }

    public void Enter(Link link) => Volatile.Write(ref _link, link);

    /// <summary>It is gone; returns whether that is news.</summary>
    public bool Leave()
    {
        lock (_gate)
        {
            var isNews = !_isGone;
            _isGone = true;
            return isNews;
        }
    }

    /// <summary>The last number of a call's stream that it had.</summary>
    public int Had(string callId)
    {
        lock (_gate)
            return _had.GetValueOrDefault(callId);
    }

    /// <summary>Takes part in a call, whose messages up to a number it had before, or will have by resume.</summary>
    public void Join(string callId, int had)
    {
        lock (_gate)
            _had[callId] = Math.Max(had, _had.GetValueOrDefault(callId));
    }

    public void Forget(string callId)
    {
        lock (_gate)
            _had.Remove(callId);
    }

    public void Deliver(Post post)
    {
        lock (_gate)
        {
            if (_held is not null)
                _held.Add(post);
            else
                Send(post);
        }
    }

    /// <summary>Keeps what comes until <see cref="Release"/>.</summary>
    public void Hold()
    {
        lock (_gate)
            _held ??= [];
    }

    /// <summary>Sends what goes first, again if need be, and then what was kept.</summary>
    public void Release(IEnumerable<Post> first)
    {
        lock (_gate)
        {
            foreach (var post in first)
            {
                _had[post.CallId] = Math.Max(post.Seq, _had.GetValueOrDefault(post.CallId));
                Send(post.Json);
            }

            foreach (var post in _held ?? [])
                Send(post);
            _held = null;
        }
    }

    private void Send(Post post)
    {
        if (post.Seq > 0)
        {
            if (post.Seq <= _had.GetValueOrDefault(post.CallId))
                return;
            _had[post.CallId] = post.Seq;
        }

        Send(post.Json);
    }

    private void Send(byte[] json)
    {
        // A newer node may know messages that this one does not: they are left out, as from any peer.
        if (SignalingJson.TryParse(json, out var message, out _))
            connection.Send(message);
    }
}
