using System.Net;
using System.Net.Sockets;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Ice;

/// <summary>Where candidates come from (RFC 8445, section 5.1.1), and what becomes of them when the network changes.</summary>
internal sealed partial class IceTransport
{
    private static readonly TimeSpan OpeningRetry = TimeSpan.FromMilliseconds(500);
    private readonly List<LocalCandidate> _candidates = [];
    private readonly List<TransportAddress> _stunServers = [];

    /// <summary>What was gathered since a restart that is not agreed to; null: there is none.</summary>
    private HashSet<LocalCandidate>? _unagreed;
    private readonly Dictionary<int, UdpPort> _ports = [];
    private readonly CancellationTokenSource _stopped = new();
    private ITimer? _gatheringTimer;
    private ITimer? _openingTimer;
    private IReadOnlyList<IceServerAddress> _servers = [];
    private int _lastBase;
    private readonly HashSet<IceServerAddress> _resolving = [];
    private readonly HashSet<IceServerAddress> _resolved = [];
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
                OpenNewPorts();
            _gatheringTimer = _settings.Time.CreateTimer(
                static transport => ((IceTransport)transport!).Do(((IceTransport)transport).EndGathering), this, _settings.GatheringTimeout, Timeout.InfiniteTimeSpan);
            AskServers();
            EndGatheringWhenDone();
        });
        if (isFirst)
            _settings.Addresses.Changed += OnAddressesChanged;
    }

    private void OpenNewPorts()
    {
        foreach (var address in _settings.Addresses.Get(_settings.WithLoopback).Except(_ports.Values.Select(port => port.Address.Address)).ToList())
        {
            var baseId = ++_lastBase;
            if (UdpPort.TryOpen(address, this, baseId, _settings.Logger) is not { } port)
            {
                OpenLater();
                continue;
            }

            _bases.Add(baseId, port);
            _ports.Add(baseId, port);
            port.Start();
            Add(new LocalCandidate
            {
                BaseId = baseId,
                Kind = IceCandidateKind.Host,
                Address = port.Address,
                LocalPreference = (ushort)(ushort.MaxValue - baseId),
                Foundation = LocalCandidate.FoundationOf(IceCandidateKind.Host, port.Address),
            });
            foreach (var server in _stunServers)
                Ask(baseId, port, server);
        }
    }

    /// <summary>Asks the servers that nothing came of yet.</summary>
    private void AskServers()
    {
        foreach (var server in _servers)
        {
            if (server.IsTurn ? _relays.Exists(entry => entry.Server == server) : _resolved.Contains(server))
                continue;
            if (_resolving.Add(server))
                _ = AskAsync(server);
        }
    }

    /// <summary>An IPv6 address is there before it may be used, and nothing tells when it may (RFC 4862, section 5.4).</summary>
    private void OpenLater()
    {
        _openingTimer ??= _settings.Time.CreateTimer(
            static transport => ((IceTransport)transport!).Do(((IceTransport)transport).OpenNewPorts), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _openingTimer.Change(OpeningRetry, Timeout.InfiniteTimeSpan);
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
            _resolving.Remove(server);
            if (addresses.Count > 0)
                _resolved.Add(server);
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
        _unagreed?.Add(candidate);
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
        _gatheringTimer?.Change(_settings.GatheringTimeout, Timeout.InfiniteTimeSpan);
        AskServers();
        EndGatheringWhenDone();
    }

    private void EndGatheringWhenDone()
    {
        if (_isGathering && _resolving.Count == 0 && _queries.Count == 0 && RelaysPending == 0)
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

    /// <summary>What is gone from the machine is given up. The loopback stays where it was used: it is a way, whatever else comes.</summary>
    private void OnAddressesChanged() => Do(() =>
    {
        var all = _settings.Addresses.All;
        RenewRelays(all);
        if (!_settings.RelayOnly)
        {
            foreach (var (baseId, _) in _ports.Where(port => !all.Contains(port.Value.Address.Address)).ToList())
                RemoveBase(baseId);
            OpenNewPorts();
        }

        // Servers that could not be reached, or that gave up, may be there on the network that came.
        AskServers();
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
        _settings.Addresses.Changed -= OnAddressesChanged;
        _stopped.Cancel();
        _gatheringTimer?.Dispose();
        _openingTimer?.Dispose();
        StopRelays();
    }
}
