using System.CommandLine;
using Calls.Sample.Console.Wiring;
using Spectre.Console;

namespace Calls.Sample.Console.Commands;

/// <summary><c>answer</c>: waits for a call, accepts it, speaks a file, records what is heard, hangs up.</summary>
internal static class AnswerCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var seconds = CallCommand.Seconds("How long to talk.", 5);
        Option<double> wait = new("--wait") { Description = "How many seconds to wait for a call.", DefaultValueFactory = _ => 3600 };
        Command command = new("answer", "Waits for a call, accepts it, plays a file, records what is heard, and hangs up.") { seconds, wait };
        AccountOptions account = new(command, "answerer");
        SoundOptions sound = new(command);
        command.SetAction((line, cancellationToken) => RunAsync(
            console, account.Read(line), sound.Read(line), TimeSpan.FromSeconds(line.GetValue(seconds)), TimeSpan.FromSeconds(line.GetValue(wait)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        IAnsiConsole console, Account account, Devices devices, TimeSpan duration, TimeSpan wait, CancellationToken cancellationToken)
    {
        await using var client = CallClient.Create(account, devices);
        OneCall call = new(console, client, TimeProvider.System);
        return await call.RunAsync(account.User, AcceptAsync, duration, cancellationToken);

        async Task AcceptAsync()
        {
            await client.Manager.UntilAsync(snapshot => snapshot.State == CallState.IncomingRinging, cancellationToken).WaitAsync(wait, cancellationToken);
            await client.Manager.AcceptIncomingAsync(video: false, cancellationToken);
        }
    }
}
