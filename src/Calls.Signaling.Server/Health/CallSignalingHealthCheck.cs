using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Calls.Signaling.Server;

/// <summary>Whether this server should be sent new clients.</summary>
internal sealed class CallSignalingHealthCheck(ICallHome home, ConnectionRegistry connections, Farewell farewell) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        Dictionary<string, object> data = new() { ["connections"] = connections.Count };
        if (farewell.IsStopping)
            return new HealthCheckResult(context.Registration.FailureStatus, "The server stops.", data: data);

        // Where the calls cannot be reached from here they cannot be reached from the other servers either: to send the clients there helps nobody.
        return await home.FindTroubleAsync(cancellationToken).ConfigureAwait(false) is { } trouble
            ? HealthCheckResult.Degraded(trouble, data: data)
            : HealthCheckResult.Healthy(data: data);
    }
}
