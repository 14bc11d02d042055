using System.Net;
using System.Text;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Tests.Ice;

/// <summary>What others do who are not the other side, or who are and mean ill.</summary>
public class HostileTests
{
    private static readonly TransportAddress Stranger = new(IPAddress.Parse("198.51.100.66"), 666);

    [Fact]
    public void A_request_that_is_not_signed_by_the_other_side_is_not_answered()
    {
        var (network, agent, sink) = Agent();
        foreach (var (user, key) in ((string, string)[])
            [($"{agent.LocalCredentials.Ufrag}:them", "a-wrong-password-of-24ch"), ("other:them", agent.LocalCredentials.Pwd), (":", ""), ("", "")])
            agent.HandleDatagram(1, Stranger, Check(user, key), network);

        sink.Sent.Should().BeEmpty();
        agent.Pairs.Should().BeEmpty();
        agent.Accepts(1, Stranger, network).Should().BeFalse();
    }

    [Fact]
    public void A_signed_request_from_an_address_that_nobody_told_is_answered_and_checked()
    {
        var (now, agent, sink) = Agent();
        agent.HandleDatagram(1, Stranger, Check($"{agent.LocalCredentials.Ufrag}:them", agent.LocalCredentials.Pwd), now);

        sink.Sent.Should().HaveCount(2);
        agent.Pairs.Should().ContainSingle().Which.Remote.Kind.Should().Be(IceCandidateKind.PeerReflexive);
        agent.Accepts(1, Stranger, now).Should().BeTrue();
        agent.Accepts(1, Stranger.WithPort(1), now).Should().BeFalse();
    }

    [Fact]
    public void A_signed_request_that_came_where_no_way_was_thought_of_shows_that_there_is_one()
    {
        var (now, agent, _) = Agent();
        TransportAddress relayOnThisMachine = new(IPAddress.Loopback, 50001);
        agent.HandleDatagram(1, relayOnThisMachine, Check($"{agent.LocalCredentials.Ufrag}:them", agent.LocalCredentials.Pwd), now);

        agent.Accepts(1, relayOnThisMachine, now).Should().BeTrue();
    }

    [Fact]
    public void An_attribute_that_must_be_understood_and_is_not_is_told()
    {
        var (now, agent, sink) = Agent();
        var check = Check($"{agent.LocalCredentials.Ufrag}:them", agent.LocalCredentials.Pwd, (StunAttribute)0x7777);

        agent.HandleDatagram(1, Stranger, check, now);

        StunMessage.TryParse(sink.Sent.Should().ContainSingle().Subject, out var answer).Should().BeTrue();
        answer.ErrorCode().Should().Be(420);
        answer.TryGet(StunAttribute.UnknownAttributes, out var unknown);
        unknown.ToArray().Should().Equal(0x77, 0x77);
    }

    [Fact]
    public void X8_A_hundred_thousand_candidates_make_no_more_than_the_limits_allow()
    {
        var (now, agent, sink) = Agent();
        IceAgentSettings limits = new();
        for (var i = 0; i < 100_000; i++)
        {
            agent.AddRemoteCandidate(
                new(IceCandidateKind.Host, new(new IPAddress([198, 51, (byte)(i >> 8), (byte)i]), 1 + i % 60000), (uint)i, "1"), null, now);
        }

        agent.Pairs.Count.Should().Be(limits.MaximumRemotes);
        sink.Sent.Count.Should().BeLessThanOrEqualTo(limits.Burst, "checks keep their pace");
    }

    [Fact]
    public void Whatever_comes_the_agent_takes_it_or_leaves_it()
    {
        var (now, agent, sink) = Agent();
        var (user, key) = ($"{agent.LocalCredentials.Ufrag}:them", agent.LocalCredentials.Pwd);
        var signed = Check(user, key);
        Fuzz.Run(share: 10, (random, _) =>
        {
            now += TimeSpan.FromMilliseconds(random.Next(50));
            var packet = random.Next(4) switch
            {
                0 => Check(user, key, random.Next(2) == 0 ? (StunAttribute)random.Next(0x10000) : StunAttribute.UseCandidate),
                1 when sink.Sent.Count > 0 => sink.Sent[random.Next(sink.Sent.Count)].ToArray(),
                _ => signed.ToArray(),
            };
            for (var i = random.Next(3); i > 0; i--)
                packet[random.Next(packet.Length)] = (byte)random.Next(256);
            agent.HandleDatagram(random.Next(3), Stranger.WithPort((ushort)random.Next(65536)), packet.AsSpan(random.Next(8) == 0 ? 1 : 0), now);
            if (sink.Sent.Count > 100)
                sink.Sent.Clear();
        });
        agent.Pairs.Count.Should().BeLessThanOrEqualTo(new IceAgentSettings().MaximumPairs);
    }

    private static (TimeSpan Now, IceAgent Agent, Recorder Sink) Agent()
    {
        Recorder sink = new();
        IceAgent agent = new(true, IceCredentials.Create(), sink);
        TransportAddress host = new(IPAddress.Parse("198.51.100.1"), 5000);
        agent.AddLocalCandidate(new() { BaseId = 1, Kind = IceCandidateKind.Host, Address = host, Foundation = "1" }, TimeSpan.Zero);
        agent.SetRemoteCredentials(new("them", "their-password-of-24-chs"), TimeSpan.Zero);
        return (TimeSpan.Zero, agent, sink);
    }

    private static byte[] Check(string user, string key, StunAttribute? extra = null)
    {
        StunWriter check = new(new byte[300], StunClass.Request, StunMethod.Binding, TransactionId.Create());
        check.Add(StunAttribute.Username, user);
        check.Add(StunAttribute.Priority, 1u);
        check.Add(StunAttribute.IceControlled, 1ul);
        if (extra is { } more)
            check.Add(more, []);
        check.AddIntegrity(Encoding.UTF8.GetBytes(key));
        check.AddFingerprint();
        return check.Finish().ToArray();
    }

    private sealed class Recorder : IIceAgentSink
    {
        public List<byte[]> Sent { get; } = [];

        public void Transmit(int baseId, TransportAddress to, ReadOnlySpan<byte> datagram) => Sent.Add(datagram.ToArray());

        public void StateChanged(IceState state)
        {
        }

        public void PathChanged(CandidatePair? pair)
        {
        }
    }
}
