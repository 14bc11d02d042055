using System.Net;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Tests.Ice;

public class ConsentAllocationTests
{
    private static readonly TransportAddress One = new(IPAddress.Parse("198.51.100.1"), 5000), Other = new(IPAddress.Parse("198.51.100.2"), 5000);

    [Fact]
    public void Questions_for_consent_and_their_answers_allocate_nothing()
    {
        End one = new(One, isControlling: true), other = new(Other, isControlling: false);
        foreach (var (from, to) in ((End, End)[])[(one, other), (other, one)])
        {
            to.Agent.SetRemoteCredentials(from.Agent.LocalCredentials, TimeSpan.Zero);
            from.Begin(to);
            to.Agent.AddRemoteCandidate(new(IceCandidateKind.Host, from.Address, 100, "1"), null, TimeSpan.Zero);
        }

        Pass(0, 20_000);
        (one.Agent.State, other.Agent.State).Should().Be((IceState.Connected, IceState.Connected));
        var sent = one.Sent;
        var allocated = Allocated.By(() => Pass(20_000, 80_000));

        (one.Sent - sent).Should().BeGreaterThan(400);
        allocated.Should().Be(0);

        void Pass(int from, int to)
        {
            // 20 ms each.
            for (var i = from; i < to; i++)
            {
                var now = i * TimeSpan.FromMilliseconds(20);
                if (one.Agent.NextTimeout <= now)
                    one.Agent.HandleTimeout(now);
                if (other.Agent.NextTimeout <= now)
                    other.Agent.HandleTimeout(now);
                // A question, its answer, and what either side sends on top of it.
                for (var hops = 0; hops < 4; hops++)
                {
                    one.Deliver(now);
                    other.Deliver(now);
                }
            }
        }
    }

    private sealed class End : IIceAgentSink
    {
        private readonly byte[][] _waiting = [.. Enumerable.Range(0, 16).Select(_ => new byte[700])];
        private readonly int[] _lengths = new int[16];
        private End? _peer;
        private int _count;

        public End(TransportAddress address, bool isControlling)
            => (Address, Agent) = (address, new IceAgent(isControlling, IceCredentials.Create(), this, random: new Random(1)));

        public TransportAddress Address { get; }

        public IceAgent Agent { get; }

        public int Sent { get; private set; }

        public void Begin(End peer)
        {
            _peer = peer;
            Agent.AddLocalCandidate(new() { BaseId = 1, Kind = IceCandidateKind.Host, Address = Address, Foundation = "1" }, TimeSpan.Zero);
        }

        public void Transmit(int baseId, TransportAddress to, ReadOnlySpan<byte> datagram)
        {
            datagram.CopyTo(_waiting[_count]);
            _lengths[_count++] = datagram.Length;
            Sent++;
        }

        /// <summary>Gives the other side what waits.</summary>
        public void Deliver(TimeSpan now)
        {
            var count = _count;
            _count = 0;
            for (var i = 0; i < count; i++)
                _peer!.Agent.HandleDatagram(1, Address, _waiting[i].AsSpan(0, _lengths[i]), now);
        }

        public void StateChanged(IceState state)
        {
        }

        public void PathChanged(CandidatePair? pair)
        {
        }
    }
}
