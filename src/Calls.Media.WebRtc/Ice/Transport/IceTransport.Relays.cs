using System.Net;
using System.Net.Sockets;
using Calls.Media.WebRtc.Stun;
using Calls.Media.WebRtc.Turn;

namespace Calls.Media.WebRtc.Ice;

/// <summary>Relays on TURN servers (RFC 8656).</summary>
internal sealed partial class IceTransport : ITurnRelayOwner
{
    private readonly List<RelayEntry> _relays = [];

    private int RelaysPending => _relays.Count(entry => entry.IsPending);

    void ITurnRelayOwner.Allocated(TurnRelay relay) => DoAndTellSoon(() =>
    {
        if (EntryOf(relay) is not { } entry || relay.Relayed is not { } address)
            return;
        entry.IsPending = false;
        entry.WasAllocated = true;
        Add(new LocalCandidate
        {
            BaseId = entry.BaseId,
            Kind = IceCandidateKind.Relayed,
            Address = address,
            // With relays only, nobody is to learn where this machine is.
            Related = _settings.RelayOnly ? null : relay.Mapped,
            LocalPreference = (ushort)(entry.Server.Transport switch
            {
                IceServerTransport.Udp => 3000,
                IceServerTransport.Tcp => 2000,
                _ => 1000,
            } - entry.BaseId % 1000),
            Foundation = LocalCandidate.FoundationOf(IceCandidateKind.Relayed, address, entry.Server.Url),
        });
        EndGatheringWhenDone();
    });

    void ITurnRelayOwner.Failed(TurnRelay relay, TurnFailure failure) => DoAndTellSoon(() =>
    {
        if (EntryOf(relay) is not { } entry)
            return;
        _relays.Remove(entry);
        RemoveBase(entry.BaseId);
        // A relay that was lost is asked for again; a server that did not answer may do so at another of its addresses.
        if (entry.WasAllocated)
            Open(entry.Server, entry.All, entry.All);
        else if (failure.Kind is TurnFailureKind.NoAnswer or TurnFailureKind.NoConnection)
            Open(entry.Server, entry.All, entry.Rest);
        EndGatheringWhenDone();
    });

    void ITurnRelayOwner.Permitted(TurnRelay relay, TransportAddress peer, TurnFailure? refusal)
    {
        // A pair whose address the server refuses fails for want of answers.
    }

    void ITurnRelayOwner.DatagramArrived(TurnRelay relay, TransportAddress from, Span<byte> datagram)
    {
        int? baseId;
        lock (_gate)
            baseId = EntryOf(relay)?.BaseId;
        if (baseId is { } known)
            Arrived(known, from, datagram);
    }

    private void OpenRelay(IceServerAddress server, IReadOnlyList<IPEndPoint> addresses) => Open(server, addresses, addresses);

    private void Open(IceServerAddress server, IReadOnlyList<IPEndPoint> all, IReadOnlyList<IPEndPoint> rest)
    {
        if (rest.Count == 0)
            return;
        TurnRelay relay = new(server, rest[0], this, _settings.Time, _settings.CertificateValidation);
        RelayEntry entry = new(relay, server, ++_lastBase, all, [.. rest.Skip(1)], LocalAddressTo(rest[0]));
        _relays.Add(entry);
        _bases.Add(entry.BaseId, relay);
        // Its news come back to this transport, which is busy now.
        _news.Enqueue(relay.Start);
    }

    /// <summary>Asks anew for relays that were reached from an address that is gone.</summary>
    private void RenewRelays(IReadOnlyList<IPAddress> addresses)
    {
        foreach (var entry in _relays.Where(entry => entry.From is { } from && !addresses.Contains(from) && !IPAddress.IsLoopback(from)).ToList())
        {
            _relays.Remove(entry);
            RemoveBase(entry.BaseId);
            Open(entry.Server, entry.All, entry.All);
        }
    }

    private void StopRelays() => _relays.Clear();

    private void PathFound(CandidatePair pair) => _relays.Find(entry => entry.BaseId == pair.Local.BaseId)?.Relay.BindChannel(pair.Remote.Address);

    private RelayEntry? EntryOf(TurnRelay relay) => _relays.Find(entry => entry.Relay == relay);

    /// <summary>The address that the system goes from to a server; null: it does not know a way.</summary>
    private static IPAddress? LocalAddressTo(IPEndPoint server)
    {
        try
        {
            using Socket socket = new(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            // Sends nothing: it only chooses.
            socket.Connect(server);
            return ((IPEndPoint)socket.LocalEndPoint!).Address;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private sealed record RelayEntry(
        TurnRelay Relay, IceServerAddress Server, int BaseId, IReadOnlyList<IPEndPoint> All, IReadOnlyList<IPEndPoint> Rest, IPAddress? From)
    {
        public bool IsPending { get; set; } = true;

        public bool WasAllocated { get; set; }
    }
}
