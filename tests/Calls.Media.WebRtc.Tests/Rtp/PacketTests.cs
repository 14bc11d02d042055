using Calls.Media.WebRtc.Rtp;

namespace Calls.Media.WebRtc.Tests.Rtp;

public class PacketTests
{
    [Fact]
    public void What_is_written_is_read_back()
    {
        var buffer = new byte[100];
        RtpHeader header = new()
        {
            Marker = true, PayloadType = 96, Sequence = 65_535, Timestamp = 0xDEADBEEF, Ssrc = 0x12345678,
            MidExtension = 4, Mid = "video"u8, TransportSequenceExtension = 3, TransportSequence = 4_711,
        };
        var length = header.Write(buffer);
        (length % 4).Should().Be(0);
        "payload"u8.CopyTo(buffer.AsSpan(length));

        RtpPacket.TryParse(buffer.AsSpan(0, length + 7), out var read).Should().BeTrue();

        (read.Marker, read.PayloadType, read.Sequence, read.Timestamp, read.Ssrc).Should().Be((true, (byte)96, (ushort)65_535, 0xDEADBEEF, 0x12345678u));
        read.Payload.SequenceEqual("payload"u8).Should().BeTrue();
        read.Extensions.TryFind(4, out var mid).Should().BeTrue();
        mid.SequenceEqual("video"u8).Should().BeTrue();
        read.Extensions.TryFind(3, out var number).Should().BeTrue();
        number.ToArray().Should().Equal(0x12, 0x67);
        read.Extensions.TryFind(5, out _).Should().BeFalse();
        read.Extensions.TryFind(0, out _).Should().BeFalse();
    }

    [Fact]
    public void A_header_without_extensions_has_twelve_bytes()
        => new RtpHeader { PayloadType = 0 }.Write(new byte[12]).Should().Be(12);

    [Fact]
    public void Padding_sources_and_extensions_of_two_bytes_are_passed_over()
    {
        // V=2, padding, extension, one source; two-byte extensions: 20 with two bytes, a pad, 200 with none; a payload of 3; 2 of padding.
        byte[] packet = [0xB1, 0x60, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 9, 9, 9, 9, 0x10, 0x00, 0, 2, 20, 2, 7, 8, 0, 200, 0, 0, 1, 2, 3, 0, 2];
        RtpPacket.TryParse(packet, out var read).Should().BeTrue();
        read.Payload.ToArray().Should().Equal(1, 2, 3);
        read.Extensions.TryFind(20, out var value).Should().BeTrue();
        value.ToArray().Should().Equal(7, 8);
        read.Extensions.TryFind(200, out value).Should().BeTrue();
        value.Length.Should().Be(0);
    }

    [Theory]
    [InlineData("80600001000000020000")]
    [InlineData("40600001000000020000000300")]
    [InlineData("8F600001000000020000000300")]
    [InlineData("906000010000000200000003BEDE0001")]
    [InlineData("A0600001000000020000000300")]
    [InlineData("A0600001000000020000000309")]
    public void What_is_no_packet_is_refused(string hex) => RtpPacket.TryParse(Convert.FromHexString(hex), out _).Should().BeFalse();

    [Fact]
    public void Numbers_go_on_over_their_last_and_back()
    {
        SequenceUnwrapper unwrapper = default;
        var first = unwrapper.Unwrap(65_534);
        unwrapper.Unwrap(65_535).Should().Be(first + 1);
        unwrapper.Unwrap(1).Should().Be(first + 3);
        unwrapper.Unwrap(0).Should().Be(first + 2);
        unwrapper.Unwrap(65_530).Should().Be(first - 4);
    }
}
