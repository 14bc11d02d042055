using System.Net;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Tests.Ice;

/// <summary>A host with an agent, perhaps behind a NAT, perhaps with a relay.</summary>
internal sealed class SimulatedHost : IIceAgentSink
{
    private const int HostBase = 1, RelayBase = 2;
    private readonly SimulatedNetwork _network;
    private readonly HashSet<TransportAddress> _permitted = [];

    public SimulatedHost(SimulatedNetwork network, int number, bool isControlling, NatKind nat, IceAgentSettings? settings = null, Random? random = null)
    {
        (_network, NatKind) = (network, nat);
        Inner = new TransportAddress(IPAddress.Parse(nat == NatKind.None ? $"198.51.100.{number}" : $"10.0.{number}.2"), 5000);
        Nat = nat == NatKind.None ? null : new SimulatedNat(nat, IPAddress.Parse($"203.0.113.{number}"));
        Relay = new TransportAddress(IPAddress.Parse("192.0.2.200"), 50000 + number);
        Agent = new IceAgent(isControlling, IceCredentials.Create(), this, settings, random ?? new Random(number));
        network.Add(this);
    }

    public IceAgent Agent { get; }

    public NatKind NatKind { get; }

    public SimulatedNat? Nat { get; }

    public TransportAddress Inner { get; private set; }

    public TransportAddress Relay { get; }

    public List<IceState> States { get; } = [];

    public List<CandidatePair?> Paths { get; } = [];

    /// <summary>Checks and answers that it sent.</summary>
    public int Sent { get; private set; }

    /// <summary>Nothing leaves it and nothing reaches it.</summary>
    public bool IsCut { get; set; }

    /// <summary>What it has: its own address, the outer one, and a relay if it has one.</summary>
    public IReadOnlyList<LocalCandidate> Candidates(bool withRelay)
    {
        List<LocalCandidate> candidates = [Candidate(IceCandidateKind.Host, HostBase, Inner)];
        if (Nat is not null)
            candidates.Add(Candidate(IceCandidateKind.ServerReflexive, HostBase, Nat.Outward(Inner, SimulatedNetwork.StunServer)));
        if (withRelay)
            candidates.Add(Candidate(IceCandidateKind.Relayed, RelayBase, Relay));
        return candidates;
    }

    /// <summary>Goes to another address; the old one is gone.</summary>
    public void Move(string address)
    {
        Agent.RemoveBase(HostBase, _network.Now);
        Inner = new TransportAddress(IPAddress.Parse(address), 6000);
        Agent.AddLocalCandidate(Candidate(IceCandidateKind.Host, HostBase + 10, Inner), _network.Now);
    }

    public void Deliver(TransportAddress from, TransportAddress to, ReadOnlySpan<byte> datagram)
    {
        if (IsCut)
            return;
        if (to == Relay)
        {
            // A relay lets in whom its owner permits (RFC 8656, section 9).
            if (_permitted.Contains(from.WithPort(0)))
                Agent.HandleDatagram(RelayBase, from, datagram, _network.Now);
        }
        else if (to == Inner)
        {
            Agent.HandleDatagram(Inner.Port == 5000 ? HostBase : HostBase + 10, from, datagram, _network.Now);
        }
    }

    public void Transmit(int baseId, TransportAddress to, ReadOnlySpan<byte> datagram)
    {
        Sent++;
        if (IsCut)
            return;
        if (baseId == RelayBase)
        {
            _permitted.Add(to.WithPort(0));
            _network.Send(Relay, to, datagram.ToArray());
        }
        else
        {
            _network.Send(Nat?.Outward(Inner, to) ?? Inner, to, datagram.ToArray());
        }
    }

    public void StateChanged(IceState state) => States.Add(state);

    public void PathChanged(CandidatePair? pair) => Paths.Add(pair);

    private LocalCandidate Candidate(IceCandidateKind kind, int baseId, TransportAddress address) => new()
    {
        BaseId = baseId,
        Kind = kind,
        Address = address,
        Foundation = LocalCandidate.FoundationOf(kind, Inner),
    };
}
