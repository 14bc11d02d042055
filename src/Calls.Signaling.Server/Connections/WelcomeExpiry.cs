namespace Calls.Signaling.Server;

/// <summary>How long a welcome is good: until the connection's token or the first of the credentials in it expires.</summary>
internal static class WelcomeExpiry
{
    /// <summary>In seconds; null: for as long as the connection lives.</summary>
    public static double? In(ICallConnection connection, IReadOnlyList<IceServer> servers, TimeProvider time)
    {
        var left = connection.ExpiresAt is { } expires ? AuthenticationExpiry.Left(expires, time) : (TimeSpan?)null;
        foreach (var server in servers)
        {
            if (server.Lifetime is { } lifetime && (left is null || lifetime < left))
                left = lifetime;
        }

        return left?.TotalSeconds;
    }
}
