using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Turn;

/// <summary>An address that a relay lets in and sends to.</summary>
/// <param name="address">The address, without a port: permissions know none (RFC 8656, section 9).</param>
internal sealed class TurnPeer(TransportAddress address)
{
    private readonly List<(TransportAddress To, byte[] Data)> _waiting = [];

    public TransportAddress Address { get; } = address;

    /// <summary>Whether the server agreed.</summary>
    public bool IsPermitted { get; set; }

    /// <summary>When to ask for it again; <see cref="TimeSpan.MaxValue"/>: a question is under way, or it was refused.</summary>
    public TimeSpan RenewAt { get; set; }

    public void Wait(TransportAddress to, ReadOnlySpan<byte> data, int most)
    {
        // The newest count: what waited longest is of least use.
        if (_waiting.Count >= most)
            _waiting.RemoveAt(0);
        _waiting.Add((to, data.ToArray()));
    }

    public IReadOnlyList<(TransportAddress To, byte[] Data)> TakeWaiting()
    {
        var taken = _waiting.ToArray();
        _waiting.Clear();
        return taken;
    }
}

/// <summary>A number instead of an address, four bytes instead of thirty-six (RFC 8656, section 12).</summary>
/// <param name="peer">The address and port.</param>
/// <param name="number">0x4000 to 0x4FFF.</param>
internal sealed class TurnChannel(TransportAddress peer, ushort number)
{
    public TransportAddress Peer { get; } = peer;

    public ushort Number { get; } = number;

    /// <summary>Whether the server agreed.</summary>
    public bool IsBound { get; set; }

    /// <summary>When to ask for it again.</summary>
    public TimeSpan RenewAt { get; set; } = TimeSpan.MaxValue;
}
