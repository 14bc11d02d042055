using Calls.Media.WebRtc.Ice;

namespace Calls.Media.WebRtc.Tests.Ice;

public class ReadingPaceTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(50, true)]
    public void Where_a_thousand_come_a_second_they_gather(int each, bool rests)
    {
        var pace = After(each);
        (pace.IsMuch, pace.Rests(12_001)).Should().Be((rests, rests));
    }

    [Fact]
    public void Where_somebody_waits_for_an_answer_nothing_gathers_until_the_next_round()
    {
        var pace = After(50);
        pace.Add(isMedia: false);
        pace.Add(isMedia: true);
        pace.Rests(12_001).Should().BeFalse();
        pace.Rests(12_002).Should().BeTrue();
    }

    [Fact]
    public void However_many_calls_are_set_up_it_is_not_much_media()
    {
        ReadingPace pace = new();
        for (var at = 10_000; at <= 12_000; at++)
        {
            for (var i = 0; i < 20; i++)
                pace.Add(isMedia: false);
            pace.Rests(at).Should().BeFalse();
        }
    }

    [Fact]
    public void Where_less_comes_again_nothing_waits_any_more()
    {
        var pace = After(50);
        pace.Add(isMedia: true);
        pace.Rests(13_000).Should().BeFalse();
    }

    [Fact]
    public void A_tenth_of_a_second_with_less_is_enough_that_nothing_waits()
    {
        var pace = After(50);
        pace.Add(isMedia: true);
        pace.Rests(12_100).Should().BeFalse();
    }

    [Fact]
    public void A_handful_at_once_after_a_silence_is_not_much()
    {
        ReadingPace pace = new();
        pace.Rests(10_000);
        for (var i = 0; i < 500; i++)
            pace.Add(isMedia: true);
        pace.Rests(11_000).Should().BeFalse();
    }

    private static ReadingPace After(int each)
    {
        ReadingPace pace = new();
        for (var at = 10_000; at <= 12_000; at += 10)
        {
            for (var i = 0; i < each; i++)
                pace.Add(isMedia: true);
            pace.Rests(at);
        }

        return pace;
    }
}
