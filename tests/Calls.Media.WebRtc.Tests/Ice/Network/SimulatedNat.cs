using System.Net;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Tests.Ice;

/// <summary>A NAT with one outer address.</summary>
internal sealed class SimulatedNat(NatKind kind, IPAddress outer)
{
    private readonly Dictionary<(TransportAddress Inner, TransportAddress To), TransportAddress> _outward = [];
    private readonly Dictionary<TransportAddress, TransportAddress> _inward = [];
    private readonly HashSet<(TransportAddress Outer, TransportAddress Peer)> _open = [];
    private int _nextPort = 40000;

    /// <summary>What a packet from inside has outside; opens the way back.</summary>
    public TransportAddress Outward(TransportAddress inner, TransportAddress to)
    {
        var key = (inner, kind == NatKind.Symmetric ? to : default);
        if (!_outward.TryGetValue(key, out var mapped))
        {
            mapped = new TransportAddress(outer, _nextPort++);
            _outward[key] = mapped;
            _inward[mapped] = inner;
        }

        _open.Add((mapped, Filtered(to)));
        return mapped;
    }

    /// <summary>Who inside gets a packet from outside; null: nobody.</summary>
    public TransportAddress? Inward(TransportAddress from, TransportAddress mapped)
        => _inward.TryGetValue(mapped, out var inner) && (kind == NatKind.FullCone || _open.Contains((mapped, Filtered(from)))) ? inner : null;

    private TransportAddress Filtered(TransportAddress peer) => kind == NatKind.Restricted ? peer.WithPort(0) : peer;
}
