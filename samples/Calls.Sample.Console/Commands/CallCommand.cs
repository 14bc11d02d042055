using System.CommandLine;
using Calls.Sample.Console.Wiring;
using Spectre.Console;

namespace Calls.Sample.Console.Commands;

/// <summary><c>call</c>: calls somebody, speaks a file, records what is heard, hangs up.</summary>
internal static class CallCommand
{
    public static Command Create(IAnsiConsole console)
    {
        Argument<string> who = new("who") { Description = "The user, or the chat, to call." };
        var seconds = Seconds("How long to talk.", 5);
        Command command = new("call", "Calls somebody, plays a file, records what is heard, and hangs up.") { who, seconds };
        AccountOptions account = new(command, "caller");
        SoundOptions sound = new(command);
        command.SetAction((line, cancellationToken) => RunAsync(
            console, account.Read(line), sound.Read(line), line.GetRequiredValue(who), TimeSpan.FromSeconds(line.GetValue(seconds)), cancellationToken));
        return command;
    }

    /// <summary>The option that says how long to talk: more than nothing and at most an hour.</summary>
    internal static Option<double> Seconds(string description, double value)
    {
        Option<double> seconds = new("--seconds") { Description = description, DefaultValueFactory = _ => value };
        seconds.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<double>() is not (> 0 and <= 3600))
                given.AddError("--seconds is above 0 and at most 3600.");
        });
        return seconds;
    }

    private static async Task<int> RunAsync(IAnsiConsole console, Account account, Devices devices, string who, TimeSpan duration, CancellationToken cancellationToken)
    {
        await using var client = CallClient.Create(account, devices);
        OneCall call = new(console, client, TimeProvider.System);
        return await call.RunAsync(account.User, () => client.Manager.StartOutgoingAsync(who, video: false, cancellationToken), duration, cancellationToken);
    }
}
