using Calls.Media.WebRtc.Rtp;

namespace Calls.Media.WebRtc.Tests.Rtp;

public class SenderTests
{
    private static readonly RtpSenderSettings Settings = new()
    {
        Ssrc = 1, RetransmissionSsrc = 2, PayloadType = 96, RetransmissionPayloadType = 97, ClockRate = 90_000, Mid = "1"u8.ToArray(), MidExtension = 4, TransportSequenceExtension = 3,
    };

    private readonly byte[] _packet = new byte[1_500];
    private readonly RtpSender _sender = new(Settings, new Random(1));

    [Fact]
    public void A_lost_packet_is_sent_again_in_its_own_stream()
    {
        var first = Send([1, 2, 3], 900);
        var length = _sender.WriteAgain(_packet, first, 77, TimeSpan.FromMilliseconds(30));

        RtpPacket.TryParse(_packet.AsSpan(0, length), out var again).Should().BeTrue();
        (again.Ssrc, again.PayloadType, again.Marker).Should().Be((2u, (byte)97, true));
        Retransmission.TryRead(again.Payload, out var sequence, out var lost).Should().BeTrue();
        sequence.Should().Be(first);
        lost.ToArray().Should().Equal(1, 2, 3);
        again.Extensions.TryFind(4, out var mid).Should().BeTrue();
        mid.SequenceEqual("1"u8).Should().BeTrue();
    }

    [Fact]
    public void A_packet_that_is_on_its_way_again_is_not_sent_a_third_time()
    {
        var first = Send([1], 0);
        _sender.WriteAgain(_packet, first, 0, TimeSpan.FromMilliseconds(20)).Should().BePositive();
        _sender.WriteAgain(_packet, first, 0, TimeSpan.FromMilliseconds(25)).Should().Be(0);
        _sender.WriteAgain(_packet, first, 0, TimeSpan.FromMilliseconds(31)).Should().BePositive();
    }

    [Fact]
    public void What_is_long_gone_is_not_sent_again()
    {
        var first = Send([1], 0);
        _sender.WriteAgain(_packet, first, 0, TimeSpan.FromSeconds(3)).Should().Be(0);
        _sender.WriteAgain(_packet, (ushort)(first + 1), 0, TimeSpan.Zero).Should().Be(0);
        for (var i = 0; i < SentPackets.Count; i++)
            Send([2], 0);
        _sender.WriteAgain(_packet, first, 0, TimeSpan.Zero).Should().Be(0);
    }

    [Fact]
    public void The_first_sequence_number_is_in_the_lower_half_so_that_rollovers_are_guessed_right()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            RtpSender sender = new(Settings, new Random(seed));
            sender.Write(_packet, [1], 0, false, 0, TimeSpan.Zero);
            RtpPacket.TryParse(_packet.AsSpan(0, 30), out var packet).Should().BeTrue();
            packet.Sequence.Should().BeLessThan(0x8000);
        }
    }

    private ushort Send(byte[] payload, uint timestamp)
    {
        var length = _sender.Write(_packet, payload, timestamp, true, 5, TimeSpan.Zero);
        RtpPacket.TryParse(_packet.AsSpan(0, length), out var packet).Should().BeTrue();
        return packet.Sequence;
    }
}
