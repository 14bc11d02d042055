using Calls.Sample.Console.Engine;
using Spectre.Console.Testing;

namespace Calls.Media.SIPSorcery.Tests.Sample;

/// <summary>The console sample with SIPSorcery.</summary>
public class SampleTests
{
    [Theory]
    [InlineData("demo", "--engine", "sipsorcery", "--seconds", "2")]
    [InlineData("--engine", "managed", "demo", "--seconds", "2")]
    public async Task The_demonstration_plays_a_whole_call_and_each_hears_the_other(params string[] arguments)
    {
        using TestConsole console = new();
        console.Profile.Width = 200;
        var code = await EngineApp.RunAsync(arguments, console);
        code.Should().Be(0, console.Output);
        console.Output.Should().MatchRegex(@"alice\s+\d{2,}\s+\d{2,}\s+\d+\s").And.MatchRegex(@"bob\s+\d{2,}\s+\d{2,}\s+\d+\s");
        console.Output.Should().MatchRegex("alice hears 6[56][0-9] Hz, bob hears 4[34][0-9] Hz");
    }

    [Theory]
    [InlineData("demo", "--engine", "steam")]
    [InlineData("demo", "--engine")]
    public async Task Another_engine_is_refused(params string[] arguments)
    {
        using TestConsole console = new();
        (await EngineApp.RunAsync(arguments, console)).Should().Be(1);
        console.Output.Should().Contain("--engine is managed or sipsorcery.");
    }
}
