using Calls.Browser.Tests.Harness;
using Calls.Testing;

namespace Calls.Browser.Tests.Conformance;

/// <summary>The browser engine keeps the contract of media engines, in a real browser.</summary>
[Collection(OnStage.Name)]
public sealed class BrowserMediaConformanceTests(Stage stage)
{
    public static TheoryData<string> Names => [.. MediaConformance.Cases.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_browser_engine_keeps_the_contract(string name)
    {
        await using var rig = await BrowserMediaRig.StartAsync(stage);
        await MediaConformance.Case(name).RunAsync(rig);
    }
}
