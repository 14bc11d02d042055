using Calls.Sample.Console.Commands;
using Calls.Sample.Console.Wiring;
using Spectre.Console;

namespace Calls.Sample.Console.Engine;

/// <summary>The console sample with one option more, anywhere on the line: <c>--engine managed</c>, which is the default, or <c>--engine sipsorcery</c>.</summary>
internal static class EngineApp
{
    private const string Option = "--engine";

    /// <summary>Runs a command line and returns the exit code: 0 where all went well.</summary>
    public static async Task<int> RunAsync(string[] arguments, IAnsiConsole console)
    {
        var at = Array.IndexOf(arguments, Option);
        var engine = at < 0 ? "managed" : arguments.ElementAtOrDefault(at + 1);
        if (engine is not ("managed" or "sipsorcery"))
        {
            console.WriteLine($"{Option} is managed or sipsorcery.");
            return 1;
        }

        ChosenMedia.IsSIPSorcery = engine == "sipsorcery";
        return await ConsoleApp.RunAsync([.. arguments.Where((_, index) => at < 0 || index != at && index != at + 1)], console);
    }
}
