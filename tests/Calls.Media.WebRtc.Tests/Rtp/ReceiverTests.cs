using Calls.Media.WebRtc.Rtp;

namespace Calls.Media.WebRtc.Tests.Rtp;

public class ReceiverTests
{
    private static readonly TimeSpan Packet = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void A_report_tells_what_was_lost_since_the_one_before()
    {
        RtpReceiver receiver = new(5, 48_000);
        for (ushort i = 0; i < 100; i++)
        {
            if (i % 4 != 3)
                receiver.Receive(i, i * 960u, 50, isRepeat: false, i * Packet);
        }

        var report = receiver.Report(100 * Packet);
        (report.Ssrc, report.PacketsLost, report.FractionLost, (ushort)report.HighestSequence).Should().Be((5u, 24, (byte)(24 * 256 / 99), (ushort)98));
        receiver.Receive(99, 99 * 960, 50, isRepeat: false, 100 * Packet);
        receiver.Report(101 * Packet).FractionLost.Should().Be(0);
        receiver.Lost.Should().Be(24);
    }

    [Fact]
    public void What_comes_again_is_not_lost()
    {
        RtpReceiver receiver = new(5, 90_000);
        receiver.Receive(10, 0, 1, isRepeat: false, default);
        receiver.Receive(12, 0, 1, isRepeat: false, default);
        receiver.Lost.Should().Be(1);
        receiver.Receive(11, 0, 1, isRepeat: true, default);
        receiver.Lost.Should().Be(0);
    }

    [Fact]
    public void Jitter_is_how_unevenly_packets_come()
    {
        RtpReceiver even = new(1, 48_000), uneven = new(1, 48_000);
        for (ushort i = 0; i < 500; i++)
        {
            even.Receive(i, i * 960u, 1, false, i * Packet);
            uneven.Receive(i, i * 960u, 1, false, i * Packet + TimeSpan.FromMilliseconds(i % 2 * 8));
        }

        even.Jitter.Should().BeLessThan(TimeSpan.FromMilliseconds(0.1));
        uneven.Jitter.Should().BeCloseTo(TimeSpan.FromMilliseconds(8), TimeSpan.FromMilliseconds(0.5));
    }

    [Fact]
    public void The_round_trip_is_known_from_the_two_reports()
    {
        RtpSender sender = new(new RtpSenderSettings { Ssrc = 1, PayloadType = 0, ClockRate = 8_000 }, new Random(1));
        RtpReceiver receiver = new(1, 8_000);
        var unix = TimeSpan.FromDays(20_000);
        receiver.TakeReport(sender.Report(TimeSpan.FromSeconds(10), unix + TimeSpan.FromSeconds(10)), TimeSpan.FromSeconds(10.030));
        receiver.Receive(1, 1, 1, false, TimeSpan.FromSeconds(10.1));

        sender.TakeReport(receiver.Report(TimeSpan.FromSeconds(11.030)), unix + TimeSpan.FromSeconds(11.075));

        sender.RoundTripTime!.Value.Should().BeCloseTo(TimeSpan.FromMilliseconds(75), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void A_missing_packet_is_asked_for_at_once_and_again_after_a_round_trip()
    {
        NackTracker tracker = new();
        var due = new ushort[NackTracker.Most];
        tracker.Receive(100, TimeSpan.Zero);
        tracker.Receive(103, TimeSpan.FromMilliseconds(1));
        tracker.NextTimeout.Should().Be(TimeSpan.FromMilliseconds(1));
        var trip = TimeSpan.FromMilliseconds(40);
        tracker.TakeDue(due, trip, TimeSpan.FromMilliseconds(1)).Should().Be(2);
        due[..2].Should().Equal(101, 102);
        tracker.NextTimeout.Should().Be(TimeSpan.FromMilliseconds(51));
        tracker.Receive(101, TimeSpan.FromMilliseconds(30));
        tracker.TakeDue(due, trip, TimeSpan.FromMilliseconds(50)).Should().Be(0);
        tracker.TakeDue(due, trip, TimeSpan.FromMilliseconds(51)).Should().Be(1);
        due[0].Should().Be(102);
    }

    [Fact]
    public void A_missing_packet_is_given_up_after_ten_times()
    {
        NackTracker tracker = new();
        var due = new ushort[NackTracker.Most];
        tracker.Receive(1, TimeSpan.Zero);
        tracker.Receive(3, TimeSpan.Zero);
        var asked = 0;
        for (var i = 0; i < 100; i++)
            asked += tracker.TakeDue(due, TimeSpan.Zero, i * TimeSpan.FromSeconds(1));
        asked.Should().Be(10);
        tracker.NextTimeout.Should().Be(TimeSpan.MaxValue);
    }

    [Fact]
    public void More_missing_packets_than_can_be_asked_for_are_given_up()
    {
        NackTracker tracker = new();
        tracker.Receive(1, TimeSpan.Zero);
        tracker.Receive(2 + NackTracker.Most, TimeSpan.Zero).Should().BeTrue();
        tracker.Receive(1_000_000, TimeSpan.Zero).Should().BeFalse();
        tracker.Count.Should().Be(0);
    }
}
