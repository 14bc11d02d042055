namespace Calls.Testing.Tests;

/// <summary>A sound channel passes every case, and each case finds the flaw that it is for, and no other.</summary>
public class SignalingConformanceTests
{
    private static readonly Lazy<Task<IReadOnlyDictionary<SignalingFlaw, IReadOnlyList<string>>>> Found = new(()
        => FlawHunt.FoundAsync<SignalingFlaw, ISignalingRig>(SignalingConformance.Cases, (flaw, patience) => new WireRig(flaw, patience)));

    public static TheoryData<SignalingFlaw> Flaws => [.. Enum.GetValues<SignalingFlaw>()];

    [Theory]
    [MemberData(nameof(Flaws))]
    public async Task Each_flaw_is_found_by_just_the_case_that_is_for_it(SignalingFlaw flaw)
        => (await Found.Value)[flaw].Should().Equal(flaw == SignalingFlaw.None ? [] : [flaw.ToString()]);

    [Fact]
    public void Every_case_has_a_flaw_that_it_finds_a_rule_and_a_name_of_its_own()
    {
        SignalingConformance.Cases.Select(one => one.Name).Should().BeEquivalentTo(Enum.GetNames<SignalingFlaw>().Skip(1)).And.OnlyHaveUniqueItems();
        SignalingConformance.Cases.Should().OnlyContain(one => one.Rule.EndsWith('.'));
    }

    [Fact]
    public async Task A_case_that_needs_more_than_the_rig_can_is_told_apart()
    {
        await using InMemoryRig rig = new();
        var silence = SignalingConformance.Case("Silence_is_a_loss");
        silence.CanRunOn(rig).Should().BeFalse();
        await silence.Invoking(one => one.RunAsync(rig)).Should().ThrowAsync<NotSupportedException>();
    }
}
