using System.CommandLine;
using Spectre.Console;

namespace Calls.Sample.Console.Commands;

/// <summary>The commands of the sample.</summary>
internal static class ConsoleApp
{
    /// <summary>Runs a command line and returns the exit code: 0 where all went well.</summary>
    public static async Task<int> RunAsync(string[] arguments, IAnsiConsole console, CancellationToken cancellationToken = default)
    {
        RootCommand root = new("Calls from the console. Without a command: a phone, with contacts, ringing and keys.");
        PhoneCommand.Fill(root, console);
        root.Subcommands.Add(DemoCommand.Create(console));
        root.Subcommands.Add(CallCommand.Create(console));
        root.Subcommands.Add(AnswerCommand.Create(console));
        root.Subcommands.Add(ProbeCommand.Create(console));
        try
        {
            return await root.Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, cancellationToken);
        }
        catch (Exception trouble) when (trouble is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            console.MarkupLineInterpolated($"[red]{trouble.Message}[/]");
            return 1;
        }
    }
}
