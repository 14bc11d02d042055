using System.CommandLine;
using Calls.Sample.Console.Phone;
using Calls.Sample.Console.Wiring;
using Spectre.Console;

namespace Calls.Sample.Console.Commands;

/// <summary>Without a command: the phone.</summary>
internal static class PhoneCommand
{
    public static void Fill(Command root, IAnsiConsole console)
    {
        AccountOptions account = new(root, Environment.UserName);
        SoundOptions sound = new(root);
        root.SetAction((line, cancellationToken) => RunAsync(console, account.Read(line), sound.Read(line), cancellationToken));
    }

    private static async Task<int> RunAsync(IAnsiConsole console, Account account, Devices devices, CancellationToken cancellationToken)
    {
        if (!console.Profile.Capabilities.Interactive)
        {
            console.WriteLine("The phone needs a terminal with keys. Without one: demo, call, answer.");
            return 1;
        }

        await using var client = CallClient.Create(account, devices);
        await new PhoneLoop(console, client, account, TimeProvider.System).RunAsync(cancellationToken);
        return 0;
    }
}
