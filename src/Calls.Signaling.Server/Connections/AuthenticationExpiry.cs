using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Calls.Signaling.Server;

/// <summary>When the ticket or token behind a connection expires, and what the connection is told then.</summary>
internal static class AuthenticationExpiry
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(45);

    public static ErrorMessage Farewell { get; } = new()
    {
        Code = ErrorCodes.AuthenticationExpired,
        Message = "The token of this connection has expired: the connection closes. Connect again with a fresh one.",
    };

    /// <summary>Null: it does not expire, or the host does not mind.</summary>
    public static DateTimeOffset? Of(HttpContext context, CallSignalingOptions options)
        => options.CloseOnAuthenticationExpiration
            ? context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc
            : null;

    /// <summary>The time until then, as a timer takes it.</summary>
    public static TimeSpan Left(DateTimeOffset expires, TimeProvider time)
        => TimeSpan.FromTicks(Math.Clamp((expires - time.GetUtcNow()).Ticks, 0, LongestTimer.Ticks));
}
