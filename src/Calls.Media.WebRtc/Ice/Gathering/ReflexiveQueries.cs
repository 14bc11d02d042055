using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Ice;

/// <summary>
/// Asks STUN servers what they see of our bases (RFC 8445, section 5.1.1.2). Opens nothing and knows no clock. Not thread-safe.
/// </summary>
/// <param name="transmit">Sends a datagram from a base to a server.</param>
/// <param name="answered">What a server saw; null: it did not answer.</param>
internal sealed class ReflexiveQueries(ReflexiveTransmit transmit, Action<ReflexiveQuery, TransportAddress?> answered)
{
    private const int Attempts = 7;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMilliseconds(1600);
    private readonly List<ReflexiveQuery> _open = [];

    /// <summary>When <see cref="HandleTimeout"/> wants to be called; null: never.</summary>
    public TimeSpan? NextTimeout => _open.Count == 0 ? null : _open.Min(query => query.NextAt);

    /// <summary>How many are open.</summary>
    public int Count => _open.Count;

    /// <summary>Asks.</summary>
    public void Ask(int baseId, TransportAddress server, TimeSpan now)
    {
        ReflexiveQuery query = new(baseId, server, TransactionId.Create());
        _open.Add(query);
        Send(query, now);
    }

    /// <summary>Takes a STUN message; false where it answers no question of ours.</summary>
    public bool TryHandle(int baseId, TransportAddress from, ReadOnlySpan<byte> datagram)
    {
        if (_open.Count == 0 || !StunMessage.TryParse(datagram, out var message) || message.Class is not (StunClass.Success or StunClass.Error))
            return false;
        if (Find(baseId, from, message.Transaction) is not { } query)
            return false;
        _open.Remove(query);
        answered(query, message.Class == StunClass.Success ? message.Address(StunAttribute.XorMappedAddress) : null);
        return true;
    }

    // A loop, because what a lambda takes along costs memory at each message, also where nothing is open.
    private ReflexiveQuery? Find(int baseId, TransportAddress server, TransactionId transaction)
    {
        foreach (var query in _open)
        {
            if (query.Transaction == transaction && query.BaseId == baseId && query.Server == server)
                return query;
        }

        return null;
    }

    /// <summary>Forgets the questions of a base.</summary>
    public void RemoveBase(int baseId) => _open.RemoveAll(query => query.BaseId == baseId);

    /// <summary>Asks again, or gives up.</summary>
    public void HandleTimeout(TimeSpan now)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            var query = _open[i];
            if (now < query.NextAt)
                continue;
            if (query.Sent < Attempts)
            {
                Send(query, now);
                continue;
            }

            _open.RemoveAt(i);
            answered(query, null);
        }
    }

    private void Send(ReflexiveQuery query, TimeSpan now)
    {
        var wait = FirstRetry * (1 << query.Sent++);
        query.NextAt = now + (wait < LongestRetry ? wait : LongestRetry);
        Span<byte> buffer = stackalloc byte[64];
        StunWriter request = new(buffer, StunClass.Request, StunMethod.Binding, query.Transaction);
        request.AddFingerprint();
        transmit(query.BaseId, query.Server, request.Finish());
    }
}

/// <summary>Sends a datagram.</summary>
internal delegate void ReflexiveTransmit(int baseId, TransportAddress to, ReadOnlySpan<byte> datagram);

/// <summary>A question that is open.</summary>
/// <param name="baseId">What it is asked from.</param>
/// <param name="server">Who is asked.</param>
/// <param name="transaction">What the answer has.</param>
internal sealed class ReflexiveQuery(int baseId, TransportAddress server, TransactionId transaction)
{
    public int BaseId { get; } = baseId;

    public TransportAddress Server { get; } = server;

    public TransactionId Transaction { get; } = transaction;

    /// <summary>How often it was asked.</summary>
    public int Sent { get; set; }

    /// <summary>When it is asked again.</summary>
    public TimeSpan NextAt { get; set; }
}
