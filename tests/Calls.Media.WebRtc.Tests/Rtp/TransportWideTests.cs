using Calls.Media.WebRtc.Rtp;

namespace Calls.Media.WebRtc.Tests.Rtp;

public class TransportWideTests
{
    private readonly byte[] _buffer = new byte[1_472];
    private readonly ArrivalRecorder _recorder = new();

    [Fact]
    public void Arrivals_are_told_as_they_were()
    {
        var at = TimeSpan.FromSeconds(10);
        _recorder.Arrived(65_534, at);
        _recorder.Arrived(65_535, at + TimeSpan.FromMilliseconds(5));
        _recorder.Arrived(2, at + TimeSpan.FromMilliseconds(400));
        _recorder.Arrived(1, at + TimeSpan.FromMilliseconds(401));

        Told(at + TimeSpan.FromMilliseconds(410)).Select(one => (one.Sequence, one.At is { } arrival ? (arrival - at).TotalMilliseconds : (double?)null))
            .Should().Equal((65_534, 0), (65_535, 5), (0, null), (1, 401), (2, 400));
    }

    [Fact]
    public void What_was_told_is_not_told_again()
    {
        _recorder.Arrived(1, TimeSpan.FromSeconds(1));
        Told(TimeSpan.FromSeconds(1)).Should().HaveCount(1);
        _recorder.NextTimeout.Should().Be(TimeSpan.MaxValue);
        _recorder.Arrived(4, TimeSpan.FromSeconds(1.01));
        _recorder.NextTimeout.Should().Be(TimeSpan.FromSeconds(1) + ArrivalRecorder.Interval);
        Told(TimeSpan.FromSeconds(2)).Select(one => one.Sequence).Should().Equal((ushort)4);
    }

    [Fact]
    public void Whatever_arrives_is_read_back_as_it_was()
    {
        Fuzz.Run(share: 100, (random, _) =>
        {
            ArrivalRecorder recorder = new();
            Dictionary<ushort, TimeSpan> arrived = [];
            var (now, sequence) = (TimeSpan.FromSeconds(random.Next(100_000)), random.Next(ushort.MaxValue));
            for (var i = random.Next(1, 300); i > 0; i--)
            {
                sequence += random.Next(10) == 0 ? random.Next(1, 8) : 1;
                var number = (ushort)(sequence - (random.Next(8) == 0 ? 3 : 0));
                now += TimeSpan.FromMicroseconds(random.Next(5) * 250 * random.Next(1, 50));
                recorder.Arrived(number, now);
                arrived.TryAdd(number, now);
            }

            Dictionary<ushort, TimeSpan> told = [];
            for (var time = now; recorder.NextTimeout < TimeSpan.MaxValue; time += ArrivalRecorder.Interval)
            {
                foreach (var (number, at) in Told(recorder, time))
                {
                    if (at is { } arrival)
                        told.Add(number, arrival);
                }
            }

            foreach (var (number, at) in told)
                Math.Abs((arrived[number] - at).TotalMilliseconds).Should().BeLessThan(0.3);
            told.Should().HaveCountGreaterThan(arrived.Count * 3 / 4);
        });
    }

    private List<(ushort Sequence, TimeSpan? At)> Told(TimeSpan now) => Told(_recorder, now);

    private List<(ushort Sequence, TimeSpan? At)> Told(ArrivalRecorder recorder, TimeSpan now)
    {
        RtcpWriter writer = new(_buffer);
        if (!recorder.TryWrite(ref writer, 1, 2, now))
            return [];
        RtcpReader reader = new(_buffer.AsSpan(0, writer.Length));
        reader.TryNext(out var block).Should().BeTrue();
        block.Count.Should().Be(RtcpFormat.TransportWide);
        ArrivalReader.TryParse(block.Feedback, out var arrivals).Should().BeTrue();
        List<(ushort, TimeSpan?)> told = [];
        while (arrivals.TryNext(out var sequence, out var arrival))
            told.Add((sequence, arrival));
        return told;
    }
}
