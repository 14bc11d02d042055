using System.CommandLine;
using Calls.Sample.Console.Demo;
using Spectre.Console;

namespace Calls.Sample.Console.Commands;

/// <summary><c>demo</c>: a whole call in this process.</summary>
internal static class DemoCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var seconds = CallCommand.Seconds("How long the two talk.", 3);
        Command command = new("demo", "A whole call in this process: the server, two people, their states, and how the connection did.") { seconds };
        command.SetAction((line, cancellationToken) => new Demonstration(console, TimeProvider.System).RunAsync(TimeSpan.FromSeconds(line.GetValue(seconds)), cancellationToken));
        return command;
    }
}
