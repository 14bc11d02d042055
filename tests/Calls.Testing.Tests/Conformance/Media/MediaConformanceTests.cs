using Calls.Media;

namespace Calls.Testing.Tests;

/// <summary>Scripted media passes every case, and each case finds the flaw that it is for, and no other.</summary>
public class MediaConformanceTests
{
    private static readonly Lazy<Task<IReadOnlyDictionary<MediaFlaw, IReadOnlyList<string>>>> Found = new(()
        => FlawHunt.FoundAsync<MediaFlaw, IMediaRig>(MediaConformance.Cases, (flaw, patience) => new ScriptedMediaRig(flaw, patience)));

    public static TheoryData<MediaFlaw> Flaws => [.. Enum.GetValues<MediaFlaw>()];

    public static TheoryData<string> Names => [.. MediaConformance.Cases.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Scripted_media_keeps_the_contract(string name)
    {
        await using ScriptedMediaRig rig = new();
        await MediaConformance.Case(name).RunAsync(rig);
    }

    [Theory]
    [MemberData(nameof(Flaws))]
    public async Task Each_flaw_is_found_by_just_the_case_that_is_for_it(MediaFlaw flaw)
        => (await Found.Value)[flaw].Should().Equal(flaw == MediaFlaw.None ? [] : [flaw.ToString()]);

    [Fact]
    public void Every_case_has_a_flaw_that_it_finds_a_rule_and_a_name_of_its_own()
    {
        MediaConformance.Cases.Select(one => one.Name).Should().BeEquivalentTo(Enum.GetNames<MediaFlaw>().Skip(1)).And.OnlyHaveUniqueItems();
        MediaConformance.Cases.Should().OnlyContain(one => one.Rule.EndsWith('.'));
    }

    [Fact]
    public async Task What_the_engine_cannot_is_not_asked_of_it()
    {
        await using ScriptedMediaRig rig = new();
        ((ScriptedMediaSource)rig.Source).Capabilities = MediaCapabilities.None;
        MediaConformance.Cases.Where(one => !one.CanRunOn(rig)).Select(one => one.Name).Should().Contain(["Statistics_are_told", "A_missing_camera_is_no_error"]);
    }
}
