namespace Calls.Signaling;

/// <summary>One call's two streams: what was sent, and how far was received.</summary>
internal sealed class CallStream
{
    private readonly List<CallMessage> _sent;
    private int _lastSent;
    private int _ahead;

    public CallStream() => _sent = [];

    private CallStream(CallStream other)
    {
        _sent = [.. other._sent];
        _lastSent = other._lastSent;
        _ahead = other._ahead;
        Received = other.Received;
        IsOver = other.IsOver;
    }

    /// <summary>What is kept for a replay, oldest first.</summary>
    public IReadOnlyList<CallMessage> Kept => _sent;

    /// <summary>The last number that was given.</summary>
    public int LastSent => _lastSent;

    /// <summary>The number behind a gap for which a replay was asked; 0: nothing is waited for.</summary>
    public int Ahead => _ahead;

    public int Received { get; private set; }

    public bool IsOver { get; private set; }

    public CallMessage Stamp(CallMessage message)
    {
        var stamped = message with { Seq = ++_lastSent };
        if (IsOver)
            _sent.Clear();
        _sent.Add(stamped);
        return stamped;
    }

    public Arrival Receive(int seq)
    {
        if (seq <= Received)
            return Arrival.Duplicate;
        if (seq > Received + 1 && seq > _ahead)
        {
            var isAsked = _ahead > 0;
            _ahead = seq;
            return isAsked ? Arrival.Waiting : Arrival.Gap;
        }

        // Behind a gap the numbers only go back where the replay begins: what stood before it is kept no more.
        _ahead = 0;
        Received = seq;
        return Arrival.New;
    }

    /// <summary>A new connection: what was asked for on the old one may be lost, and the server has what another life of this device sent.</summary>
    public void Welcomed(int received)
    {
        _ahead = 0;
        _lastSent = Math.Max(_lastSent, received);
    }

    /// <summary>
    /// What the server has not got. Of a call that is over only the last word is left; it takes the number that the server waits for, and a
    /// server that does not know the call need not hear of it now, and counts anew if it does after all.
    /// </summary>
    public IReadOnlyList<CallMessage> Missing(int received, bool isKnown)
    {
        if (!isKnown)
            Received = 0;
        if (!IsOver)
            return [.. _sent.Where(message => message.Seq > received)];
        if (!isKnown || received >= _lastSent || _sent.Count == 0)
            return [];
        return [_sent[^1] with { Seq = received + 1 }];
    }

    /// <summary>A stream that goes its own way from here.</summary>
    public CallStream Copy() => new(this);

    public void Close()
    {
        IsOver = true;
        if (_sent.Count > 1)
            _sent.RemoveRange(0, _sent.Count - 1);
        if (_sent is [not (EndMessage or RejectMessage)])
            _sent.Clear();
    }
}
