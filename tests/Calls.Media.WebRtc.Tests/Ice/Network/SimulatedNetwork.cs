using System.Net;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Tests.Ice;

/// <summary>A network with its own clock: packets are lost, late and out of order, by a seed.</summary>
internal sealed class SimulatedNetwork(int seed)
{
    public static readonly TransportAddress StunServer = new(IPAddress.Parse("192.0.2.200"), 3478);

    private readonly Random _random = new(seed);
    private readonly List<SimulatedHost> _hosts = [];
    private readonly PriorityQueue<Action, (TimeSpan, long)> _due = new();
    private long _order;

    public TimeSpan Now { get; private set; }

    /// <summary>Of a hundred packets, how many are lost.</summary>
    public int Loss { get; set; }

    public TimeSpan LeastDelay { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>How much more a packet may take; more than the time between two packets puts them out of order.</summary>
    public TimeSpan Jitter { get; set; }

    public void Add(SimulatedHost host) => _hosts.Add(host);

    public void After(TimeSpan time, Action action) => _due.Enqueue(action, (Now + time, _order++));

    public void Send(TransportAddress from, TransportAddress to, byte[] datagram)
    {
        if (_random.Next(100) < Loss)
            return;
        After(LeastDelay + Jitter * _random.NextDouble(), () => Arrive(from, to, datagram));
    }

    /// <summary>Tells each host the other's credentials and candidates, by a signaling that takes its time.</summary>
    public void Signal(SimulatedHost one, SimulatedHost other, bool withRelay = false)
    {
        var (offer, answer) = (TimeSpan.FromMilliseconds(_random.Next(5, 80)), TimeSpan.FromMilliseconds(_random.Next(5, 80)));
        Gather(one, other, withRelay, TimeSpan.Zero, offer);
        After(offer, () =>
        {
            other.Agent.SetRemoteCredentials(one.Agent.LocalCredentials, Now);
            Gather(other, one, withRelay, TimeSpan.Zero, answer);
            After(answer, () => one.Agent.SetRemoteCredentials(other.Agent.LocalCredentials, Now));
        });
    }

    /// <summary>Lets time pass until something is so; false: it never was.</summary>
    public bool Until(Func<bool> isSo, TimeSpan limit)
    {
        var end = Now + limit;
        while (!isSo())
        {
            if (!Step(end))
                return false;
        }

        return true;
    }

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time)
    {
        var end = Now + time;
        while (Step(end))
        {
        }

        Now = end;
    }

    private void Gather(SimulatedHost host, SimulatedHost other, bool withRelay, TimeSpan wait, TimeSpan signaling)
    {
        var ufrag = host.Agent.LocalCredentials.Ufrag;
        foreach (var candidate in host.Candidates(withRelay))
        {
            After(wait, () =>
            {
                if (!host.Agent.AddLocalCandidate(candidate, Now))
                    return;
                var line = CandidateText.Write(candidate, ufrag);
                After(signaling + TimeSpan.FromMilliseconds(_random.Next(20)), () =>
                {
                    CandidateText.Read(line, out var remote, out var generation).Should().Be(CandidateReading.Usable);
                    other.Agent.AddRemoteCandidate(remote!, generation, Now);
                });
            });
            wait += TimeSpan.FromMilliseconds(_random.Next(60));
        }
    }

    private bool Step(TimeSpan end)
    {
        var next = end + TimeSpan.FromTicks(1);
        if (_due.TryPeek(out _, out var due))
            next = due.Item1;
        foreach (var host in _hosts)
        {
            if (host.Agent.NextTimeout is { } time && time < next)
                next = time;
        }

        if (next > end)
            return false;
        Now = next > Now ? next : Now;
        while (_due.TryPeek(out _, out due) && due.Item1 <= Now)
            _due.Dequeue()();
        foreach (var host in _hosts)
        {
            if (host.Agent.NextTimeout is { } time && time <= Now)
                host.Agent.HandleTimeout(Now);
        }

        return true;
    }

    private void Arrive(TransportAddress from, TransportAddress to, byte[] datagram)
    {
        foreach (var host in _hosts)
        {
            if (to == host.Relay)
            {
                host.Deliver(from, to, datagram);
            }
            else if (host.Nat is null)
            {
                if (to == host.Inner)
                    host.Deliver(from, to, datagram);
            }
            else if (host.Nat.Inward(from, to) is { } inner)
            {
                host.Deliver(from, inner, datagram);
            }
        }
    }
}
