using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Calls.Signaling;

namespace Calls.Media.WebRtc.Ice;

/// <summary>How a server is spoken to.</summary>
internal enum IceServerTransport
{
    /// <summary>Datagrams.</summary>
    Udp,

    /// <summary>A TCP connection.</summary>
    Tcp,

    /// <summary>A TLS connection over TCP.</summary>
    Tls,
}

/// <summary>One address of a server, and the credentials for it (RFC 7064, RFC 7065).</summary>
internal sealed record IceServerAddress
{
    private const int DefaultPort = 3478, DefaultTlsPort = 5349;

    /// <summary>As it was written.</summary>
    public required string Url { get; init; }

    /// <summary>Whether it relays.</summary>
    public required bool IsTurn { get; init; }

    /// <summary>How it is spoken to.</summary>
    public required IceServerTransport Transport { get; init; }

    /// <summary>A name or an address.</summary>
    public required string Host { get; init; }

    /// <summary>1 to 65535.</summary>
    public required int Port { get; init; }

    /// <summary>The user of a TURN server; empty: none.</summary>
    public string Username { get; init; } = "";

    /// <summary>The password of a TURN server; empty: none.</summary>
    public string Credential { get; init; } = "";

    /// <summary>All addresses of servers; what is no address is left out.</summary>
    public static IReadOnlyList<IceServerAddress> Of(IEnumerable<IceServer> servers)
        => [.. servers.SelectMany(server => server.Urls.Select(url => Parse(url, server.Username, server.Credential))).OfType<IceServerAddress>()];

    /// <summary>Reads an address; null where it is none, or one that we do not speak (TURN over DTLS, STUN over TCP).</summary>
    public static IceServerAddress? Parse(string url, string? username = null, string? credential = null)
    {
        var colon = url.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return null;
        var scheme = url[..colon].ToLowerInvariant();
        var (isTurn, isSecure) = (scheme is "turn" or "turns", scheme is "stuns" or "turns");
        if (!isTurn && scheme is not ("stun" or "stuns"))
            return null;
        var rest = url.AsSpan(colon + 1);
        var question = rest.IndexOf('?');
        var query = question < 0 ? "" : rest[(question + 1)..].ToString().ToLowerInvariant();
        IceServerTransport? transport = (isTurn, isSecure, query) switch
        {
            (true, false, "" or "transport=udp") => IceServerTransport.Udp,
            (true, false, "transport=tcp") => IceServerTransport.Tcp,
            (true, true, "" or "transport=tcp") => IceServerTransport.Tls,
            (false, false, "") => IceServerTransport.Udp,
            _ => null,
        };
        if (transport is not { } spoken || !TrySplit(question < 0 ? rest : rest[..question], isSecure ? DefaultTlsPort : DefaultPort, out var host, out var port))
            return null;
        return new IceServerAddress
        {
            Url = url, IsTurn = isTurn, Transport = spoken, Host = host, Port = port, Username = username ?? "", Credential = credential ?? "",
        };
    }

    /// <summary>The IP addresses behind the name, IPv6 and IPv4 in the system's order.</summary>
    /// <exception cref="SocketException">There are none.</exception>
    public async ValueTask<IReadOnlyList<IPEndPoint>> ResolveAsync(CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(Host, out var literal))
            return [new IPEndPoint(literal, Port)];
        var addresses = await Dns.GetHostAddressesAsync(Host, cancellationToken).ConfigureAwait(false);
        return [.. addresses.Select(address => new IPEndPoint(address, Port))];
    }

    /// <inheritdoc/>
    public override string ToString() => Url;

    private static bool TrySplit(ReadOnlySpan<char> text, int defaultPort, out string host, out int port)
    {
        (host, port) = ("", defaultPort);
        ReadOnlySpan<char> portText;
        if (text.StartsWith("["))
        {
            var end = text.IndexOf(']');
            if (end < 0)
                return false;
            host = text[1..end].ToString();
            portText = text[(end + 1)..];
        }
        else
        {
            var colon = text.IndexOf(':');
            host = (colon < 0 ? text : text[..colon]).ToString();
            portText = colon < 0 ? [] : text[colon..];
        }

        if (host.Length is 0 or > 255 || host.AsSpan().ContainsAny(" /@\r\n"))
            return false;
        return portText.IsEmpty
            || portText[0] == ':' && int.TryParse(portText[1..], NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and < 65536;
    }
}
