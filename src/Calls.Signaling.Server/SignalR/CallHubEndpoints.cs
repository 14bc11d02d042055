using Calls.Signaling.Server;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Opens the signaling server to SignalR.</summary>
public static class CallHubEndpoints
{
    /// <summary>
    /// Takes SignalR connections of calls at <paramref name="pattern"/>, on JSON or MessagePack, beside any other front end: users of one can call those of
    /// another. The user comes from ASP.NET Core's authentication, the device from the query, as in <c>/calls/hub?device=d1</c>. Refused, before
    /// SignalR sees them, are: a request without an authenticated user (401), a page of a foreign origin (403), a missing or ill-formed
    /// device (400), one device too many (429).
    /// </summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="pattern">The route, as in <c>/calls/hub</c>.</param>
    /// <param name="configure">Sets SignalR's own options for it, as <c>AllowStatefulReconnects</c>.</param>
    /// <exception cref="InvalidOperationException"><c>AddCallSignaling()</c> was not called.</exception>
    public static IEndpointConventionBuilder MapCallHub(
        this IEndpointRouteBuilder endpoints, string pattern, Action<HttpConnectionDispatcherOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        var check = services.GetService<ConnectionCheck>()
            ?? throw new InvalidOperationException("MapCallHub needs the signaling server: add services.AddCallSignaling().");
        var options = services.GetRequiredService<IOptions<CallSignalingOptions>>().Value;
        var log = services.GetRequiredService<ILogger<CallHubConnections>>();
        var hub = endpoints.MapHub<CallHub>(pattern, dispatcher =>
        {
            dispatcher.CloseOnAuthenticationExpiration = options.CloseOnAuthenticationExpiration;
            configure?.Invoke(dispatcher);
        });
        hub.Add(endpoint =>
        {
            var next = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context =>
            {
                var (party, status, sentence) = check.Examine(context);
                if (party is not null)
                    return next(context);
                HubLog.Refused(log, status);
                return ConnectionCheck.RefuseAsync(context, status, sentence);
            };
        });
        return hub;
    }
}
