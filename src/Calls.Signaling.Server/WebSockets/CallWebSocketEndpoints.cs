using Calls.Signaling.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Opens the signaling server to WebSockets.</summary>
public static class CallWebSocketEndpoints
{
    /// <summary>
    /// Takes WebSocket connections of calls at <paramref name="pattern"/>. The user comes from ASP.NET Core's authentication, the device from the
    /// query, as in <c>/calls?device=d1</c>. Refused are: what is no WebSocket request (400), a request without an authenticated user (401), a page
    /// of a foreign origin (403), a missing or ill-formed device (400), one device too many (429).
    /// </summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="pattern">The route, as in <c>/calls</c>.</param>
    /// <exception cref="InvalidOperationException"><c>AddCallSignaling()</c> was not called.</exception>
    public static IEndpointConventionBuilder MapCallWebSocket(this IEndpointRouteBuilder endpoints, string pattern)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var handler = endpoints.ServiceProvider.GetService<CallWebSocketHandler>()
            ?? throw new InvalidOperationException("MapCallWebSocket needs the signaling server: add services.AddCallSignaling().");
        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UseWebSockets();
        pipeline.Run(handler.HandleAsync);
        return endpoints.Map(pattern, pipeline.Build()).WithDisplayName("Calls: WebSocket signaling");
    }
}
