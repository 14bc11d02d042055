using System.Globalization;
using System.Net;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Turn;

namespace Calls.Media.WebRtc.Probe;

/// <summary>What a failure means, and what to open or change. Pure.</summary>
internal static class ProbeAdvice
{
    public static string BadUrl(string url)
        => $"'{url}' is no address of a server: write stun:host:port, turn:host:port?transport=udp (or tcp), or turns:host:port?transport=tcp.";

    public static string UnknownHost(IceServerAddress server) => $"The name {server.Host} has no address: correct it, or its DNS record.";

    public static string PeerRefused(IPEndPoint relayed)
        => $"The server gives relays, but refuses to send from them to {relayed.Address}, where its own relays are: allow that address (in coturn allowed-peer-ip; on a machine that tests itself, allow-loopback-peers).";

    public static string NothingRelayed(IPEndPoint relayed, IceServerProbeOptions options) => Invariant(
        $"The server gives relays, as at {relayed}, but no byte went from one to another: open UDP ports {options.FirstRelayPort} to {options.LastRelayPort} at the server, and, where it is behind a NAT, tell it its outer address (in coturn external-ip).");

    public static string UnexpectedPort(int port, IceServerProbeOptions options) => Invariant(
        $"Relays work, but at port {port}, outside {options.FirstRelayPort} to {options.LastRelayPort}: set the server's range (in coturn min-port and max-port), or open its ports too.");

    public static string NoAnswer(IceServerAddress server, IceServerProbeOptions options) => Invariant(
        $"Nothing answered at {server.Host}:{server.Port} over {NameOf(server.Transport)} within {options.Timeout.TotalSeconds:0.#} s: start the server there, or open {(server.Transport == IceServerTransport.Udp ? "UDP" : "TCP")} port {server.Port} to it.");

    /// <summary>Why there is no relay.</summary>
    public static (IceServerProblem Problem, string Advice) Of(TurnFailure failure, IceServerAddress server, IceServerProbeOptions options, DateTimeOffset now)
    {
        return failure.Kind switch
        {
            TurnFailureKind.NoAnswer => (IceServerProblem.NoAnswer, NoAnswer(server, options)),
            TurnFailureKind.NoConnection => (IceServerProblem.NoConnection, Invariant(
                $"There is no {NameOf(server.Transport)} connection to {server.Host}:{server.Port} ({failure.Reason.TrimEnd('.')}): start the server there, open TCP port {server.Port} to it{(server.Transport == IceServerTransport.Tls ? $", or give it a certificate for {server.Host} that is trusted here" : "")}.")),
            TurnFailureKind.Unauthorized when server.Username.Length == 0
                => (IceServerProblem.NoCredentials, "The server wants a user and a password, and none was given: set Username and Credential."),
            TurnFailureKind.Unauthorized when ExpiryOf(server.Username) is { } end && end < now => (IceServerProblem.ExpiredCredentials, Invariant(
                $"The credential was good until {end:yyyy-MM-dd HH:mm:ss} UTC: ask the app for a fresh one; if it is fresh, compare the clocks of app and server.")),
            TurnFailureKind.Unauthorized => (IceServerProblem.WrongCredentials,
                $"The server does not know the user '{server.Username}', or not with this password: compare both with its own (in coturn user, or static-auth-secret with the secret of the app)."),
            TurnFailureKind.Forbidden => (IceServerProblem.Forbidden, $"The server gives the user '{server.Username}' no relay (403): look for a rule against him or against this machine's address."),
            TurnFailureKind.QuotaReached => (IceServerProblem.QuotaReached, "The user has as many relays as he may (486): raise the server's limit (in coturn user-quota), or wait until old ones expire."),
            TurnFailureKind.NoCapacity => (IceServerProblem.NoCapacity, "The server has no free relay ports (508): widen its range (in coturn min-port and max-port), or add a server."),
            TurnFailureKind.Redirected => (IceServerProblem.Redirected, "The server sends its users to another one (300): configure that one."),
            _ => (IceServerProblem.Refused, Invariant($"The server refused ({failure.Code}): {failure.Reason}")),
        };
    }

    private static string NameOf(IceServerTransport transport) => transport.ToString().ToUpperInvariant();

    /// <summary>Until when a user name of the TURN REST API is good; null: it is none.</summary>
    private static DateTimeOffset? ExpiryOf(string username)
        => long.TryParse(username.AsSpan(0, Math.Max(0, username.IndexOf(':', StringComparison.Ordinal))), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 1_000_000_000 and < 100_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
