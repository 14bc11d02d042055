using Calls.Media.WebRtc.Audio;

namespace Calls.Media.WebRtc.Tests.Audio;

public class DeviceTests
{
    [Fact]
    public void What_nobody_reads_in_time_is_forgotten_from_its_begin()
    {
        SampleRing ring = new(5);
        ring.Write([1, 2, 3]);
        ring.Write([4, 5, 6]);
        var samples = new short[10];
        ring.Read(samples.AsSpan(0, 2)).Should().Be(2);
        samples[..2].Should().Equal(2, 3);
        ring.Write([7, 8, 9, 10, 11, 12, 13]);
        ring.Read(samples).Should().Be(5);
        samples[..5].Should().Equal(9, 10, 11, 12, 13);
        ring.Count.Should().Be(0);
    }

    [Fact]
    public void A_program_that_is_not_there_is_told()
        => FluentActions.Invoking(() => SoundProcess.Start("calls-has-no-such-program", "default")).Should().Throw<MediaException>().Which.Failure.Should().Be(MediaFailure.NoDevice);
}
