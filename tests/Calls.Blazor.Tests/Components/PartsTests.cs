using Bunit;
using Calls.Blazor.Parts;

namespace Calls.Blazor.Tests.Components;

public sealed class PartsTests : ComponentTest
{
    [Fact]
    public void A_button_is_drawn_again_only_where_it_looks_different_and_does_always_what_it_was_told_last()
    {
        List<string> done = [];
        var cut = Render<CallAction>(parameters => Button(parameters, CallShape.Camera, "first"));
        var before = cut.RenderCount;
        cut.Render(parameters => Button(parameters, CallShape.Camera, "second"));
        cut.Find("button").Click();
        done.Should().Equal("second");
        cut.RenderCount.Should().Be(before);

        cut.Render(parameters => Button(parameters, CallShape.CameraOff, "third"));
        cut.RenderCount.Should().BeGreaterThan(before);

        void Button(ComponentParameterCollectionBuilder<CallAction> parameters, CallShape shape, string act)
            => parameters.Add(it => it.Label, "Camera").Add(it => it.Shape, shape).Add(it => it.OnClick, () => done.Add(act));
    }

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
