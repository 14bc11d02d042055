using System.Globalization;

namespace Calls.Blazor.Checks;

/// <summary>What a STUN or TURN address says (RFC 7064, RFC 7065).</summary>
/// <param name="IsRelay">Whether it is a TURN server's.</param>
/// <param name="Host">The name or address, without brackets.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Transport"><c>UDP</c>, <c>TCP</c> or <c>TLS</c>.</param>
internal sealed record IceAddress(bool IsRelay, string Host, int Port, string Transport)
{
    /// <summary>Reads an address.</summary>
    /// <returns>Null: it is none.</returns>
    public static IceAddress? Parse(string url)
    {
        if (url.Split(':', 2) is not [var scheme, var rest] || Scheme(scheme) is not var (isRelay, isSecure))
            return null;
        var query = rest.Split('?', 2);
        var transport = query is [_, var asked] ? TransportOf(asked, isSecure) : isSecure ? "TLS" : "UDP";
        var (host, port) = Split(query[0]);
        if (transport is null || host.Length == 0 || host.Contains('/', StringComparison.Ordinal))
            return null;
        if (port.Length == 0)
            return new(isRelay, host, isSecure ? 5349 : 3478, transport);
        return int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 65535
            ? new(isRelay, host, number, transport) : null;
    }

    private static (bool IsRelay, bool IsSecure)? Scheme(string scheme) => scheme.ToUpperInvariant() switch
    {
        "STUN" => (false, false),
        "STUNS" => (false, true),
        "TURN" => (true, false),
        "TURNS" => (true, true),
        _ => null,
    };

    private static string? TransportOf(string query, bool isSecure) => query.ToUpperInvariant() switch
    {
        "TRANSPORT=UDP" => isSecure ? null : "UDP",
        "TRANSPORT=TCP" => isSecure ? "TLS" : "TCP",
        _ => null,
    };

    // [2001:db8::1]:3478 has colons of its own.
    private static (string Host, string Port) Split(string text)
    {
        var end = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) + 1 : text.LastIndexOf(':');
        if (end <= 0)
            return (text.StartsWith('[') ? "" : text, "");
        var host = text[..end].Trim('[', ']');
        return end == text.Length ? (host, "") : text[end] == ':' && end + 1 < text.Length ? (host, text[(end + 1)..]) : ("", "");
    }
}
