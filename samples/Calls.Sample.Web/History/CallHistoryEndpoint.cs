using System.Security.Claims;
using Calls.Signaling.Server;

namespace Calls.Sample.Web.History;

/// <summary>Shows users their own calls.</summary>
public static class CallHistoryEndpoint
{
    /// <summary>Adds <c>GET /history</c>: the last calls of whoever asks, the newest first.</summary>
    public static void MapCallHistory(this IEndpointRouteBuilder endpoints)
        => endpoints.MapGet("/history", (ClaimsPrincipal user, ICallLog log) => ((CallHistory)log).Of(user.FindFirstValue(ClaimTypes.NameIdentifier)!))
            .RequireAuthorization();
}
