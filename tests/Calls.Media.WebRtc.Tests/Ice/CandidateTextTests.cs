using System.Net;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Tests.Ice;

public class CandidateTextTests
{
    [Theory]
    [InlineData("candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 0.0.0.0 rport 0 generation 0 ufrag EEtu network-cost 999", "203.0.113.7:46154", "EEtu")]
    [InlineData("a=candidate:1 1 UDP 2130706431 2001:db8::1 5000 typ host", "[2001:db8::1]:5000", null)]
    [InlineData("candidate:1 1 udp 2130706431 ::ffff:192.0.2.1 5000 typ host", "192.0.2.1:5000", null)]
    public void A_line_is_read(string line, string address, string? ufrag)
    {
        CandidateText.Read(line, out var candidate, out var generation).Should().Be(CandidateReading.Usable);
        candidate!.Address.ToString().Should().Be(address);
        generation.Should().Be(ufrag);
    }

    [Theory]
    [InlineData("candidate:1 1 udp 2113937151 0f2bd6b5-9a4e-4b6e-8a6c-4b1d9c6ef0a1.local 5000 typ host")]
    [InlineData("candidate:1 1 udp 2113937151 example.com 5000 typ host")]
    [InlineData("candidate:1 1 udp 2113937151 3221225985 5000 typ host")]
    [InlineData("candidate:1 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active")]
    [InlineData("candidate:1 2 udp 2130706430 192.0.2.1 5001 typ host")]
    [InlineData("candidate:1 1 udp 2130706431 192.0.2.1 0 typ host")]
    [InlineData("candidate:1 1 udp 2130706431 0.0.0.0 5000 typ host")]
    [InlineData("candidate:1 1 udp 2130706431 224.0.0.251 5353 typ host")]
    [InlineData("candidate:1 1 udp 2130706431 255.255.255.255 5353 typ host")]
    [InlineData("candidate:1 1 udp 2130706431 ff02::fb 5353 typ host")]
    [InlineData("candidate:1 1 udp 2130706431 192.0.2.1 5000 typ quantum")]
    public void What_is_nothing_for_us_is_passed_over_without_a_lookup(string line)
        => CandidateText.Read(line, out _, out _).Should().Be(CandidateReading.PassedOver);

    [Theory]
    [InlineData("candidate:1 1 udp 2130706431 192.0.2.1 5000")]
    [InlineData("candidate:1 x udp 2130706431 192.0.2.1 5000 typ host")]
    [InlineData("candidate:1 1 udp 4294967296 192.0.2.1 5000 typ host")]
    [InlineData("candidate:1 1 udp 1 192.0.2.1 65536 typ host")]
    [InlineData("hello")]
    public void What_is_no_candidate_is_told_so(string line) => CandidateText.Read(line, out _, out _).Should().Be(CandidateReading.Malformed);

    [Theory]
    [InlineData("")]
    [InlineData("candidate:")]
    [InlineData("a=end-of-candidates")]
    public void The_end_is_known(string line) => CandidateText.Read(line, out _, out _).Should().Be(CandidateReading.End);

    [Fact]
    public void What_is_written_is_read_and_tells_of_a_relay_nothing_else()
    {
        LocalCandidate relay = new()
        {
            BaseId = 1, Kind = IceCandidateKind.Relayed, Address = new TransportAddress(IPAddress.Parse("192.0.2.5"), 50000), Foundation = "77", LocalPreference = 3,
        };
        var line = CandidateText.Write(relay, "abcd");

        line.Should().Be("candidate:77 1 udp 1023 192.0.2.5 50000 typ relay raddr 0.0.0.0 rport 0 ufrag abcd");
        CandidateText.Read(line, out var read, out var ufrag);
        read.Should().Be(new RemoteCandidate(IceCandidateKind.Relayed, relay.Address, relay.Priority, "77"));
        ufrag.Should().Be("abcd");
    }

    [Fact]
    public void Whatever_comes_is_read_or_not()
        => Fuzz.Run(share: 2, (random, seed) =>
        {
            var line = "candidate:1 1 udp 2130706431 2001:db8::1 5000 typ host raddr 0.0.0.0 rport 0 ufrag a".ToCharArray();
            for (var i = random.Next(6); i > 0; i--)
                line[random.Next(line.Length)] = (char)random.Next(random.Next(4) == 0 ? 0x10000 : 128);
            CandidateText.Read(new string(line, 0, random.Next(line.Length + 1)), out _, out _);
        });
}
