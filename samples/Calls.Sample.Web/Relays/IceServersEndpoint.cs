using System.Security.Claims;
using Calls.Signaling.Server;

namespace Calls.Sample.Web.Relays;

/// <summary>Tells users outside of a call which STUN and TURN servers they have, so that they can be checked.</summary>
public static class IceServersEndpoint
{
    /// <summary>Adds <c>GET /ice-servers</c>: the servers of whoever asks, as <c>call:welcome</c> names them.</summary>
    public static void MapIceServers(this IEndpointRouteBuilder endpoints)
        => endpoints.MapGet("/ice-servers", async (ClaimsPrincipal user, IIceServerProvider servers, HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store"; // There are passwords among them.
            return await servers.GetIceServersAsync(user.FindFirstValue(ClaimTypes.NameIdentifier)!, context.RequestAborted);
        }).RequireAuthorization();
}
