using Calls.Signaling.Server;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>The signaling server among the host's health checks.</summary>
public static class CallSignalingHealthChecks
{
    /// <summary>The name of the check, and its tag: <c>calls</c>.</summary>
    public const string Name = "calls";

    /// <summary>
    /// Asks whether this server should be sent new clients. Unhealthy from the moment that the host begins to stop; degraded while the calls cannot be reached, as
    /// when several servers are one and their storage is away: every server then says so, and none should be taken out for it. It is no check of liveness:
    /// a server that stops must not be killed for it.
    /// </summary>
    /// <param name="builder">The host's health checks.</param>
    /// <param name="failureStatus">What a server that stops reports. Default: unhealthy.</param>
    /// <param name="tags">The check's tags. Default: <see cref="Name"/>.</param>
    public static IHealthChecksBuilder AddCallSignaling(
        this IHealthChecksBuilder builder, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<CallSignalingHealthCheck>(Name, failureStatus, tags ?? [Name]);
    }
}
