using Calls.Sample.Console.Commands;
using Spectre.Console;

return await ConsoleApp.RunAsync(args, AnsiConsole.Console);
