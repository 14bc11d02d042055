using System.CommandLine;
using System.CommandLine.Parsing;
using Calls.Sample.Console.Wiring;

namespace Calls.Sample.Console.Commands;

/// <summary>The options that say who calls, and through which server.</summary>
internal sealed class AccountOptions
{
    private readonly Option<Uri> _server = new("--server")
    {
        Description = "The address of the signaling server; the web sample's is the default.",
        DefaultValueFactory = _ => new Uri("http://localhost:5080"),
        CustomParser = ReadAddress,
    };

    private readonly Option<string> _user;

    public AccountOptions(Command command, string user)
    {
        _user = new Option<string>("--user") { Description = "Who calls.", DefaultValueFactory = _ => user };
        command.Options.Add(_server);
        command.Options.Add(_user);
    }

    public Account Read(ParseResult line) => new(line.GetRequiredValue(_server), line.GetRequiredValue(_user));

    private static Uri ReadAddress(ArgumentResult given)
    {
        if (Uri.TryCreate(given.Tokens.Single().Value, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
            return address;
        given.AddError("--server is an address with http or https.");
        return null!;
    }
}
