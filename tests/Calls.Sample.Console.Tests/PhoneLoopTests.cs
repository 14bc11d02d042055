using Calls.Browser.Tests.Harness;
using Calls.Sample.Console.Commands;

namespace Calls.Sample.Console.Tests;

public class PhoneLoopTests
{
    [Fact]
    public async Task Carol_calls_dave_from_her_phone_he_accepts_and_she_hangs_up()
    {
        await using var server = await SampleServer.StartAsync();
        using Terminal carol = new(interactive: true), dave = new(interactive: true);
        var carols = ConsoleApp.RunAsync(["--server", $"{server.Address}", "--user", "carol"], carol);
        var daves = ConsoleApp.RunAsync(["--server", $"{server.Address}", "--user", "dave"], dave);

        await carol.Shows("> dave");
        carol.Press(ConsoleKey.Enter);
        await dave.Shows("carol calls");
        dave.Press(ConsoleKey.A);
        await carol.Shows("M mute   O hold");
        carol.Press(ConsoleKey.M);
        await dave.Shows("the other side is muted");
        await carol.Shows("round trip");
        carol.Press(ConsoleKey.H);
        await dave.Shows("Last call: the other side hung up");
        carol.Press(ConsoleKey.Q);
        dave.Press(ConsoleKey.Q);

        (await carols).Should().Be(0);
        (await daves).Should().Be(0);
    }
}
