namespace Calls.ModelCheck.Tests;

/// <summary>Each known bug is put back, and the search must name the invariant that it breaks: so the search can fail.</summary>
public class MutationTests
{
    public static TheoryData<int> Bugs => [.. Enumerable.Range(0, KnownBugs.All.Count)];

    [Fact]
    public void There_are_ten() => KnownBugs.All.Should().HaveCount(10);

    [Theory]
    [MemberData(nameof(Bugs))]
    public void B49_a_known_bug_put_back_breaks_the_invariant_that_forbids_it(int index)
    {
        var bug = KnownBugs.All[index];

        var found = bug.Run();

        found.Violation.Should().NotBeNull(bug.Name);
        found.Violation!.Invariant.Should().Be(bug.Breaks, bug.Name);
    }

    [Theory]
    [MemberData(nameof(Bugs))]
    public void Without_the_bug_everything_holds_within_the_same_bounds(int index)
    {
        var bug = KnownBugs.All[index];

        var found = bug.Control();

        found.Violation.Should().BeNull(bug.Name);
        found.IsComplete.Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_counterexample_leads_to_its_violation_again_and_is_drawn_and_written_as_a_test(int index)
    {
        var bug = KnownBugs.All[index];
        var model = new Model(bug.Bounds, bug.Table, bug.Routed);
        var found = new BreadthFirst(model).Run();

        var again = new Replay(model, found.AliceGreater).Do([.. found.Path]);

        again.Violation.Should().Be(found.Violation);
        Diagram.Of(model, found).Split('\n').Should().HaveCountGreaterThan(found.Path.Count);
        TestBody.Of(bug.Bounds, found).Should().Contain("[Fact]").And.Contain($"ChoiceKind.{found.Path[^1].Kind}");
    }
}
