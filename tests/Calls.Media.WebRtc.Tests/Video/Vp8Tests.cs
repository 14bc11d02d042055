using Calls.Media.WebRtc.Video;

namespace Calls.Media.WebRtc.Tests.Video;

public class Vp8Tests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1_116)]
    [InlineData(1_117)]
    [InlineData(50_000)]
    public void A_frame_is_cut_into_payloads_of_nearly_the_same_length_and_put_together_again(int length)
    {
        var frame = Pictures.Delta(length, new Random(length));
        Vp8Packetizer packetizer = default;
        packetizer.Begin(frame);
        var packets = packetizer.Begin(frame);
        List<byte> together = [];
        List<int> lengths = [];
        var payload = new byte[Vp8Packetizer.MaximumPayload];
        while (packets.TryNext(payload, out var count))
        {
            Vp8Descriptor.TryRead(payload.AsSpan(0, count), out var descriptor, out var data).Should().BeTrue();
            descriptor.BeginsFrame.Should().Be(lengths.Count == 0);
            descriptor.PictureId.Should().Be(2);
            packets.IsLast.Should().Be(together.Count + data.Length == length);
            together.AddRange(data);
            lengths.Add(count);
        }

        together.Should().Equal(frame);
        (lengths.Max() - lengths.Min()).Should().BeLessThanOrEqualTo(lengths.Count);
    }

    [Theory]
    [InlineData("10AA", true, 0, -1)]
    [InlineData("908081AA", true, 0, -2)]
    [InlineData("9080FFFFAA", true, 0, 0x7FFF)]
    [InlineData("90807FAA", true, 0, 0x7F)]
    [InlineData("B0F0800109 21AA", true, 0, 1)]
    [InlineData("00AA", false, 0, -1)]
    [InlineData("11AA", false, 1, -1)]
    public void The_descriptor_of_others_is_read(string hex, bool begins, int partition, int picture)
    {
        var payload = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        if (picture == -2)
        {
            Vp8Descriptor.TryRead(payload, out _, out _).Should().BeFalse("the number has two bytes, and then nothing follows");
            return;
        }

        Vp8Descriptor.TryRead(payload, out var descriptor, out var data).Should().BeTrue();
        (descriptor.BeginsFrame, (int)descriptor.Partition, descriptor.PictureId ?? -1).Should().Be((begins, partition, picture));
        data.ToArray().Should().Equal(0xAA);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("90")]
    [InlineData("9080")]
    [InlineData("908080")]
    [InlineData("90F0010203")]
    public void A_payload_that_ends_before_its_data_is_refused(string hex) => Vp8Descriptor.TryRead(Convert.FromHexString(hex), out _, out _).Should().BeFalse();

    [Fact]
    public void A_key_frame_tells_its_size()
    {
        Vp8Frame.TrySize(Pictures.Key(100, new Random(1), 1_280, 720), out var width, out var height).Should().BeTrue();
        (width, height).Should().Be((1_280, 720));
        Vp8Frame.TrySize(Pictures.Delta(100, new Random(1)), out _, out _).Should().BeFalse();
        Vp8Frame.IsKeyFrame([0x10]).Should().BeFalse();
    }
}
