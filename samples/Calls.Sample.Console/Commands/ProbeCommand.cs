using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Calls.Media.WebRtc;
using Calls.Sample.Console.Wiring;
using Calls.Signaling;
using Spectre.Console;

namespace Calls.Sample.Console.Commands;

/// <summary><c>probe</c>: tries STUN and TURN servers as a call would use them.</summary>
internal static class ProbeCommand
{
    public static Command Create(IAnsiConsole console)
    {
        Argument<string[]> urls = new("urls") { Description = "stun:, turn: and turns: addresses; none: those that --server names to --user.", Arity = ArgumentArity.ZeroOrMore };
        Option<string?> username = new("--username") { Description = "The user of the TURN servers." };
        Option<string?> credential = new("--credential") { Description = "The password of the TURN servers." };
        Option<(int First, int Last)> ports = new("--relay-ports")
        {
            Description = "Where relays are expected.", DefaultValueFactory = _ => (49152, 65535), CustomParser = ReadPorts,
        };
        var seconds = CallCommand.Seconds("How long each step may take; 0.5 to 60.", 5);
        Option<bool> json = new("--json") { Description = "Writes JSON instead of a table." };
        Command command = new("probe", "Tries STUN and TURN servers: are they there, do they take the password, does a byte go through? Exit code 0: all are good.")
        {
            urls, username, credential, ports, seconds, json,
        };
        AccountOptions account = new(command, "alice");
        command.SetAction(async (line, cancellationToken) =>
        {
            var (first, last) = line.GetValue(ports);
            IceServerProbe probe = new(new() { Timeout = TimeSpan.FromSeconds(line.GetValue(seconds)), FirstRelayPort = first, LastRelayPort = last });
            var given = line.GetValue(urls) ?? [];
            var servers = given.Length > 0
                ? [new IceServer { Urls = given, Username = line.GetValue(username), Credential = line.GetValue(credential) }]
                : await IceServerList.ReadAsync(account.Read(line), cancellationToken);
            if (servers is null or [])
            {
                console.MarkupLineInterpolated($"[yellow]{(servers is null ? "The server does not tell which STUN and TURN servers it has: is it running? It may be asked for them at /ice-servers." : "The server names no STUN or TURN server.")}[/]");
                return 1;
            }

            var reports = await probe.ProbeAsync(servers, cancellationToken);
            if (line.GetValue(json))
                await console.Profile.Out.Writer.WriteLineAsync(ProbeText.Json(reports));
            else
                ProbeText.Write(console, reports);
            return reports.All(report => report.IsGood) ? 0 : 1;
        });
        return command;
    }

    private static (int First, int Last) ReadPorts(ArgumentResult given)
    {
        var parts = given.Tokens.Single().Value.Split('-');
        if (parts.Length == 2 && Port(parts[0]) is { } first && Port(parts[1]) is { } last && first <= last)
            return (first, last);
        given.AddError("--relay-ports is a range of ports, as 49152-65535.");
        return default;
    }

    private static int? Port(string text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port : null;
}
