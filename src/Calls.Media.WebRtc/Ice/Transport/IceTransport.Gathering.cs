using System.Net;
using System.Net.Sockets;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Ice;

/// <summary>Where candidates come from (RFC 8445, section 5.1.1), and what becomes of them when the network changes.</summary>
internal sealed partial class IceTransport
{
    private readonly List<LocalCandidate> _candidates = [];
    private readonly List<TransportAddress> _stunServers = [];
    private readonly Dictionary<int, UdpPort> _ports = [];
    private readonly CancellationTokenSource _stopped = new();
    private ITimer? _gatheringTimer;
    private IReadOnlyList<IceServerAddress> _servers = [];
    private int _lastBase;
    private int _resolving;
    private bool _isGathering;
    private bool _hasEnded;

    /// <summary>Opens the sockets and asks the servers. The host candidates are told before it returns. Again it does nothing.</summary>
    public void StartGathering()
    {
        var isFirst = false;
        Do(() =>
        {
            if (_isGathering)
                return;
            isFirst = _isGathering = true;
            _servers = IceServerAddress.Of(_settings.Servers);
            if (!_settings.RelayOnly)
                OpenPorts(LocalAddresses.Shared.Get(_settings.WithLoopback));
            _gatheringTimer = _settings.Time.CreateTimer(
                static transport => ((IceTransport)transport!).Do(((IceTransport)transport).EndGathering), this, _settings.GatheringTimeout, Timeout.InfiniteTimeSpan);
            foreach (var server in _servers)
            {
                _resolving++;
                _ = AskAsync(server);
            }

            EndGatheringWhenDone();
        });
        if (isFirst)
            LocalAddresses.Shared.Changed += OnAddressesChanged;
    }

    private void OpenPorts(IReadOnlyList<IPAddress> addresses)
    {
        for (var i = 0; i < addresses.Count; i++)
        {
            var baseId = ++_lastBase;
            if (UdpPort.TryOpen(addresses[i], (from, datagram) => Arrived(baseId, from, datagram)) is not { } port)
                continue;
            _bases.Add(baseId, port);
            _ports.Add(baseId, port);
            port.Start();
            Add(new LocalCandidate
            {
                BaseId = baseId,
                Kind = IceCandidateKind.Host,
                Address = port.Address,
                LocalPreference = (ushort)(ushort.MaxValue - _ports.Count),
                Foundation = LocalCandidate.FoundationOf(IceCandidateKind.Host, port.Address),
            });
            foreach (var server in _stunServers)
                Ask(baseId, port, server);
        }
    }

    private async Task AskAsync(IceServerAddress server)
    {
        IReadOnlyList<IPEndPoint> addresses = [];
        try
        {
            addresses = await server.ResolveAsync(_stopped.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or ArgumentException)
        {
            // A server without an address gives no candidate.
        }

        Do(() =>
        {
            _resolving--;
            if (!_settings.RelayOnly && server.Transport == IceServerTransport.Udp)
                AddStunServers(addresses);
            if (server.IsTurn)
                OpenRelay(server, addresses);
            EndGatheringWhenDone();
        });
    }

    /// <summary>One address of a family is enough.</summary>
    private void AddStunServers(IReadOnlyList<IPEndPoint> addresses)
    {
        foreach (var address in addresses.DistinctBy(address => address.AddressFamily))
        {
            var server = TransportAddress.From(address);
            if (_stunServers.Contains(server))
                continue;
            _stunServers.Add(server);
            foreach (var (baseId, port) in _ports)
                Ask(baseId, port, server);
        }
    }

    private void Ask(int baseId, UdpPort port, TransportAddress server)
    {
        if (port.Address.IsIPv6 == server.IsIPv6 && (!port.Address.IsLoopback || server.IsLoopback))
            _queries.Ask(baseId, server, Now);
    }

    private void ReflexiveAnswered(ReflexiveQuery query, TransportAddress? mapped)
    {
        // Where nothing stands between, the server sees the host candidate, which is told already.
        if (mapped is { } address && _ports.TryGetValue(query.BaseId, out var port) && !_candidates.Exists(one => one.Address == address))
        {
            Add(new LocalCandidate
            {
                BaseId = query.BaseId,
                Kind = IceCandidateKind.ServerReflexive,
                Address = address,
                Related = port.Address,
                LocalPreference = (ushort)(ushort.MaxValue - query.BaseId),
                Foundation = LocalCandidate.FoundationOf(IceCandidateKind.ServerReflexive, port.Address, query.Server.Address.ToString()),
            });
        }

        EndGatheringWhenDone();
    }

    private void Add(LocalCandidate candidate)
    {
        if (!_agent.AddLocalCandidate(candidate, Now))
            return;
        _candidates.Add(candidate);
        Tell(candidate);
    }

    private void Tell(LocalCandidate candidate)
    {
        var ufrag = _agent.LocalCredentials.Ufrag;
        _news.Enqueue(() => _sink.CandidateGathered(CandidateText.Write(candidate, ufrag), ufrag));
    }

    private void TellAgain()
    {
        foreach (var candidate in _candidates)
            Tell(candidate);
        if (!_hasEnded)
            return;
        _hasEnded = false;
        EndGathering();
    }

    private void EndGatheringWhenDone()
    {
        if (_isGathering && _resolving == 0 && _queries.Count == 0 && RelaysPending == 0)
            EndGathering();
    }

    private void EndGathering()
    {
        if (_hasEnded)
            return;
        _hasEnded = true;
        var ufrag = _agent.LocalCredentials.Ufrag;
        _news.Enqueue(() => _sink.GatheringEnded(ufrag));
        _agent.EndLocalCandidates(Now);
    }

    private void OnAddressesChanged() => Do(() =>
    {
        var addresses = LocalAddresses.Shared.Get(_settings.WithLoopback);
        RenewRelays(addresses);
        if (_settings.RelayOnly)
            return;
        var known = _ports.Values.Select(port => port.Address.Address).ToList();
        foreach (var (baseId, _) in _ports.Where(port => !addresses.Contains(port.Value.Address.Address)).ToList())
            RemoveBase(baseId);
        OpenPorts([.. addresses.Except(known)]);
    });

    private void RemoveBase(int baseId)
    {
        _ports.Remove(baseId);
        _queries.RemoveBase(baseId);
        _candidates.RemoveAll(candidate => candidate.BaseId == baseId);
        if (_bases.Remove(baseId, out var gone))
            gone.Dispose();
        _agent.RemoveBase(baseId, Now);
    }

    private void StopGathering()
    {
        LocalAddresses.Shared.Changed -= OnAddressesChanged;
        _stopped.Cancel();
        _gatheringTimer?.Dispose();
        StopRelays();
    }
}
