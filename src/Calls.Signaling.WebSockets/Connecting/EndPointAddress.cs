namespace Calls.Signaling.WebSockets;

/// <summary>The address of one connection.</summary>
internal static class EndPointAddress
{
    public const string DeviceParameter = "device";
    public const string TokenParameter = "access_token";

    /// <summary>The WebSocket address (RFC 6455, section 3) with the device, and with the token where a header can carry none.</summary>
    public static Uri Of(Uri url, string deviceId, string? tokenInQuery)
    {
        var query = url.Query.TrimStart('?');
        query += $"{(query.Length == 0 ? "" : "&")}{DeviceParameter}={deviceId}";
        if (!string.IsNullOrEmpty(tokenInQuery))
            query += $"&{TokenParameter}={Uri.EscapeDataString(tokenInQuery)}";
        return new UriBuilder(url)
        {
            Scheme = url.Scheme is "https" or "wss" ? "wss" : "ws",
            Port = url.IsDefaultPort ? -1 : url.Port,
            Query = query,
        }.Uri;
    }
}
