using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Calls.Signaling.Server;

/// <summary>A web origin (RFC 6454): scheme, host and port.</summary>
internal readonly record struct Origin(string Scheme, string Host, int Port, bool IsDefaultPort)
{
    public static bool TryParse([NotNullWhen(true)] string? text, out Origin origin)
    {
        origin = default;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.IdnHost.Length == 0
            || uri.PathAndQuery is not ("/" or "") || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
            return false;
        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        origin = new Origin(uri.Scheme, host, uri.Port, uri.IsDefaultPort);
        return true;
    }

    /// <summary>Whether this is the host that the request was made to. The scheme is not compared: behind a proxy that ends TLS the server sees
    /// http where the page was https.</summary>
    public bool IsSameHost(HostString host)
        => string.Equals(Host, host.Host, StringComparison.OrdinalIgnoreCase) && (host.Port is { } port ? port == Port : IsDefaultPort);
}
