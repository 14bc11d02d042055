using Calls.Media.WebRtc.Rtp;

namespace Calls.Media.WebRtc.Tests.Rtp;

public class RtcpTests
{
    private readonly byte[] _buffer = new byte[1_500];

    [Fact]
    public void A_compound_is_read_back_as_it_was_written()
    {
        ReportBlock block = new() { Ssrc = 7, FractionLost = 25, PacketsLost = -3, HighestSequence = 0x10002, Jitter = 44, LastSenderReport = 5, DelaySinceLastSenderReport = 6 };
        RtcpWriter writer = new(_buffer);
        writer.TrySenderReport(1, new SenderReport(0x1122334455667788, 9, 10, 11), [block]).Should().BeTrue();
        writer.TryName(1, "somebody"u8).Should().BeTrue();
        writer.TryPictureLoss(1, 7).Should().BeTrue();
        writer.TryBye(1).Should().BeTrue();
        (writer.Length % 4).Should().Be(0);

        RtcpReader reader = new(_buffer.AsSpan(0, writer.Length));
        reader.TryNext(out var report).Should().BeTrue();
        report.Type.Should().Be(RtcpType.SenderReport);
        report.Sender.Should().Be(1);
        report.TryReadSender(out var sent).Should().BeTrue();
        sent.Should().Be(new SenderReport(0x1122334455667788, 9, 10, 11));
        sent.CompactTime.Should().Be(0x33445566);
        report.ReportCount.Should().Be(1);
        report.Report(0).Should().Be(block);
        reader.TryNext(out var name).Should().BeTrue();
        name.Type.Should().Be(RtcpType.SourceDescription);
        name.Body[6..14].SequenceEqual("somebody"u8).Should().BeTrue();
        reader.TryNext(out var loss).Should().BeTrue();
        (loss.Type, loss.Count, loss.Subject).Should().Be((RtcpType.PayloadFeedback, RtcpFormat.PictureLoss, 7u));
        reader.TryNext(out var bye).Should().BeTrue();
        bye.Type.Should().Be(RtcpType.Bye);
        reader.TryNext(out _).Should().BeFalse();
    }

    [Fact]
    public void Missing_packets_are_told_in_pairs_and_read_back_one_by_one()
    {
        ushort[] missing = [65_530, 65_531, 3, 10, 11, 500];
        RtcpWriter writer = new(_buffer);
        writer.TryNack(1, 2, missing).Should().BeTrue();
        writer.Length.Should().Be(12 + 3 * 4, "65530 to 10 are within sixteen of the first");

        RtcpReader reader = new(_buffer.AsSpan(0, writer.Length));
        reader.TryNext(out var block).Should().BeTrue();
        NackReader names = new(block.Feedback);
        List<ushort> read = [];
        while (names.TryNext(out var sequence))
            read.Add(sequence);
        read.Should().Equal(missing);
    }

    [Fact]
    public void What_has_no_room_is_left_out_whole()
    {
        RtcpWriter writer = new(_buffer.AsSpan(0, 20));
        writer.TryReceiverReport(1, []).Should().BeTrue();
        writer.TryReceiverReport(1, [default]).Should().BeFalse();
        writer.TryPictureLoss(1, 2).Should().BeTrue();
        writer.Length.Should().Be(20);
    }

    [Fact]
    public void A_report_claims_no_more_blocks_than_it_has()
    {
        RtcpBlock block = new(RtcpType.ReceiverReport, 31, new byte[4 + 2 * ReportBlock.Length + 5]);
        block.ReportCount.Should().Be(2);
        new RtcpBlock(RtcpType.SenderReport, 31, new byte[7]).ReportCount.Should().Be(0);
    }

    [Fact]
    public void Times_are_seconds_since_1900()
    {
        NtpTime.Of(TimeSpan.FromSeconds(1.5)).Should().Be(((2_208_988_800UL + 1) << 32) + (1UL << 31));
        NtpTime.Compact(TimeSpan.FromSeconds(2.25)).Should().Be(0x24000);
        NtpTime.Duration(0x18000).Should().Be(TimeSpan.FromSeconds(1.5));
    }
}
