using Calls.Sample.Console.Engine;
using Spectre.Console;

return await EngineApp.RunAsync(args, AnsiConsole.Console);
