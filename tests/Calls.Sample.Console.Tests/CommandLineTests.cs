using Calls.Sample.Console.Commands;

namespace Calls.Sample.Console.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("call")]
    [InlineData("call", "bob", "--seconds", "0")]
    [InlineData("call", "bob", "--seconds", "NaN")]
    [InlineData("demo", "--seconds", "4000")]
    [InlineData("call", "bob", "--no-such-option")]
    [InlineData("call", "bob", "--server", "nowhere")]
    [InlineData("call", "bob", "--server", "ftp://localhost")]
    [InlineData("probe", "--server", "ftp://localhost")]
    [InlineData("probe", "stun:127.0.0.1", "--relay-ports", "9-8")]
    [InlineData("probe", "stun:127.0.0.1", "--seconds", "0.1")]
    public async Task A_command_line_that_makes_no_sense_is_refused(params string[] arguments)
    {
        using Terminal console = new();
        (await ConsoleApp.RunAsync(arguments, console)).Should().Be(1);
    }

    [Fact]
    public async Task The_phone_wants_a_terminal()
    {
        using Terminal console = new();
        (await ConsoleApp.RunAsync([], console)).Should().Be(1);
        console.Output.Should().Contain("needs a terminal");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told()
    {
        using Terminal console = new();
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(2));
        (await ConsoleApp.RunAsync(["call", "bob", "--server", "http://127.0.0.1:9"], console, patience.Token)).Should().NotBe(0);
    }
}
