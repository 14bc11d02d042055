using Calls.Sample.Console.Commands;

namespace Calls.Sample.Console.Tests;

public class DemoTests
{
    [Fact]
    public async Task The_demonstration_plays_a_whole_call_and_each_hears_the_other()
    {
        using Terminal console = new();

        var code = await ConsoleApp.RunAsync(["demo", "--seconds", "1.5"], console);

        code.Should().Be(0, console.Output);
        States(console, "alice").Should().Equal("idle", "outgoing", "connecting", "connected", "ended");
        States(console, "bob").Should().Equal("idle", "incoming_ringing", "connecting", "connected", "ended");
        console.Output.Should().Contain("alice calls").And.Contain("hung up here").And.Contain("the other side hung up");
        console.Output.Should().MatchRegex(@"alice\s+\d{2,}\s+\d{2,}\s+\d+\s+\d+\.\d ms");
        console.Output.Should().MatchRegex("alice reads (([a-z ]+, ){3}[a-z ]+)\\s+bob reads   \\1");
        console.Output.Should().MatchRegex("alice hears 6[56][0-9] Hz, bob hears 4[34][0-9] Hz");
    }

    private static IEnumerable<string> States(Terminal console, string who)
    {
        string? before = null;
        foreach (var line in console.Output.Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 3 || words[1] != who || !words[0].Contains(':', StringComparison.Ordinal) || words[2] == before)
                continue;
            yield return before = words[2];
        }
    }
}
