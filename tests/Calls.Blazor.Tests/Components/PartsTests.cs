using Calls.Blazor.Parts;

namespace Calls.Blazor.Tests.Components;

public sealed class PartsTests
{
    [Theory]
    [InlineData("Bob Marley", "BM")]
    [InlineData("bob", "B")]
    [InlineData("Anna Maria van Dyk", "AD")]
    [InlineData("  дмитрий   иванов ", "ДИ")]
    [InlineData("👩‍🚀 Astronaut", "👩‍🚀A")]
    [InlineData("", "?")]
    [InlineData("   ", "?")]
    public void Initials_are_the_first_letters_of_the_first_and_last_word(string name, string initials)
        => PersonLook.Initials(name).Should().Be(initials);

    [Fact]
    public void A_name_always_has_the_same_colour_and_names_differ()
    {
        PersonLook.Color("Bob").Should().Be(PersonLook.Color("Bob"));
        Enumerable.Range(0, 100).Select(number => PersonLook.Color($"person {number}")).Distinct().Should().HaveCountGreaterThan(4);
    }

    [Theory]
    [InlineData(0, "00:00")]
    [InlineData(59.999, "00:59")]
    [InlineData(754, "12:34")]
    [InlineData(3600, "1:00:00")]
    [InlineData(90061, "25:01:01")]
    [InlineData(-5, "00:00")]
    public void Time_is_written_as_people_write_it(double seconds, string written)
        => CallClock.Format(TimeSpan.FromSeconds(seconds)).Should().Be(written);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(58.4, 0.6)]
    [InlineData(-0.25, 0.25)]
    public void The_clock_wakes_when_the_written_time_changes(double elapsed, double wait)
        => CallClock.UntilNextSecond(TimeSpan.FromSeconds(elapsed)).Should().BeCloseTo(TimeSpan.FromSeconds(wait), TimeSpan.FromMilliseconds(1));
}
