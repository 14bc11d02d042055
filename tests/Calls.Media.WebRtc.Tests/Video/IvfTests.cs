namespace Calls.Media.WebRtc.Tests.Video;

public class IvfTests
{
    private readonly Random _random = new(4);

    [Fact]
    public void What_is_recorded_is_played_at_its_own_speed()
    {
        byte[][] frames = [Pictures.Key(900, _random, 320, 240), Pictures.Delta(50, _random), Pictures.Delta(60, _random)];
        using var reader = new IvfReader(Recorded(frames), repeats: false);

        (reader.Frames, reader.Duration).Should().Be((3, TimeSpan.FromMilliseconds(120)));
        reader.TryRead(TimeSpan.Zero, out var frame).Should().BeTrue();
        frame.Data.SequenceEqual(frames[0]).Should().BeTrue();
        frame.IsKeyFrame.Should().BeTrue();
        reader.TryRead(TimeSpan.FromMilliseconds(39), out _).Should().BeFalse();
        reader.TryRead(TimeSpan.FromMilliseconds(40), out frame).Should().BeTrue();
        (frame.Timestamp, frame.IsKeyFrame).Should().Be((TimeSpan.FromMilliseconds(40), false));
        reader.TryRead(TimeSpan.FromMilliseconds(500), out _).Should().BeTrue();
        reader.TryRead(TimeSpan.FromMilliseconds(500), out _).Should().BeFalse();
    }

    [Fact]
    public void At_the_end_it_begins_anew_and_its_time_goes_on()
    {
        using var reader = new IvfReader(Recorded([Pictures.Key(900, _random), Pictures.Delta(50, _random)]), repeats: true);
        var shown = new List<(TimeSpan, bool)>();
        while (reader.TryRead(TimeSpan.FromMilliseconds(130), out var frame))
            shown.Add((frame.Timestamp, frame.IsKeyFrame));
        shown.Should().Equal((TimeSpan.Zero, true), (TimeSpan.FromMilliseconds(40), false), (TimeSpan.FromMilliseconds(80), true), (TimeSpan.FromMilliseconds(120), false));
    }

    [Fact]
    public void A_key_frame_that_is_asked_for_is_the_next_picture()
    {
        using var reader = new IvfReader(Recorded([Pictures.Key(900, _random), Pictures.Delta(50, _random), Pictures.Delta(50, _random)]), repeats: true);
        reader.TryRead(TimeSpan.Zero, out _);
        reader.TryRead(TimeSpan.FromMilliseconds(40), out _);
        reader.RequestKeyFrame();
        reader.TryRead(TimeSpan.FromMilliseconds(79), out _).Should().BeFalse();
        reader.TryRead(TimeSpan.FromMilliseconds(80), out var frame).Should().BeTrue();
        (frame.IsKeyFrame, frame.Timestamp).Should().Be((true, TimeSpan.FromMilliseconds(80)));
    }

    [Fact]
    public void The_header_tells_size_and_number_of_pictures()
    {
        var file = Recorded([Pictures.Key(900, _random, 320, 240), Pictures.Delta(5, _random)]);
        file[..4].Should().Equal("DKIF"u8.ToArray());
        file[8..12].Should().Equal("VP80"u8.ToArray());
        (BitConverter.ToInt16(file, 12), BitConverter.ToInt16(file, 14), BitConverter.ToInt32(file, 24)).Should().Be(((short)320, (short)240, 2));
    }

    [Fact]
    public void A_recording_that_was_cut_off_is_played_as_far_as_it_goes()
    {
        var file = Recorded([Pictures.Key(900, _random), Pictures.Delta(50, _random)]);
        new IvfReader(file[..^1], repeats: false).Frames.Should().Be(1);
    }

    [Fact]
    public void What_is_no_recording_is_refused()
    {
        var good = Recorded([Pictures.Key(900, _random)]);
        byte[][] bad = [[], good[..31], good[..32], [.. "RIFF"u8, .. good[4..]], [.. good[..16], 0, 0, 0, 0, .. good[20..]], Recorded([Pictures.Delta(50, _random)])];
        foreach (var file in bad)
            FluentActions.Invoking(() => new IvfReader(file, repeats: true)).Should().Throw<InvalidDataException>();
    }

    private static byte[] Recorded(byte[][] frames)
    {
        MemoryStream stream = new();
        using (IvfWriter writer = new(stream))
        {
            for (var i = 0; i < frames.Length; i++)
                writer.Write(new VideoFrame(frames[i], TimeSpan.FromMilliseconds(40 * i), i == 0));
        }

        return stream.ToArray();
    }
}
