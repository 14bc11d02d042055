using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Calls.Signaling.Server;

/// <summary>Who may connect, whatever the transport, and as whom.</summary>
internal sealed class ConnectionCheck(
    IOptions<CallSignalingOptions> options, ConnectionRegistry connections, Farewell farewell, SignalingInstruments instruments)
{
    private const int MaxNameLength = 256;
    private readonly CallSignalingOptions _options = options.Value;
    private readonly HashSet<Origin> _allowed = [.. options.Value.AllowedOrigins.Select(text => Origin.TryParse(text, out var origin) ? origin : default)];

    /// <summary>The party that the request connects, or the status and the sentence to refuse it with.</summary>
    public (Party? Party, int Status, string Sentence) Examine(HttpContext context)
    {
        if (farewell.IsStopping)
            return Refuse(StatusCodes.Status503ServiceUnavailable, "This server stops: connect to another one, or again.");
        if (UserIdOf(context.User) is not { } userId)
            return Refuse(StatusCodes.Status401Unauthorized, "Sign in first: the request names no authenticated user.");
        if (!IsOriginAllowed(context.Request))
            return Refuse(StatusCodes.Status403Forbidden, "Pages of this origin may not connect: it is not among the allowed origins.");
        var device = context.Request.Query["device"];
        if (device.Count != 1 || !WireName.IsValid(device[0]))
            return Refuse(StatusCodes.Status400BadRequest, "Name the device: ?device= and 1 to 64 characters of A-Z, a-z, 0-9, '_' and '-'.");
        var party = new Party(userId, device[0]!, DisplayNameOf(context.User));
        if (connections.Find(DeviceKey.Of(party)) is null && connections.PartiesOf(userId).Count >= _options.Limits.MaxDevicesPerUser)
            return Refuse(StatusCodes.Status429TooManyRequests, $"A user may have {_options.Limits.MaxDevicesPerUser} devices connected.");
        return (party, StatusCodes.Status200OK, "");
    }

    /// <summary>A refusal, counted.</summary>
    public (Party? Party, int Status, string Sentence) Refuse(int status, string sentence)
    {
        instruments.Refused(status.ToString(CultureInfo.InvariantCulture));
        return (null, status, sentence);
    }

    /// <summary>Answers a request that may not connect.</summary>
    public static Task RefuseAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(sentence, context.RequestAborted);
    }

    private string? UserIdOf(ClaimsPrincipal user)
        => user.Identities.Any(identity => identity.IsAuthenticated) && _options.UserId(user) is { Length: > 0 and <= MaxNameLength } id ? id : null;

    private string? DisplayNameOf(ClaimsPrincipal user) => _options.DisplayName(user) switch
    {
        null or "" => null,
        { Length: > MaxNameLength } name => name[..MaxNameLength],
        var name => name,
    };

    private bool IsOriginAllowed(HttpRequest request)
    {
        var header = request.Headers.Origin;
        if (header.Count == 0)
            return true;
        return header.Count == 1 && Origin.TryParse(header[0], out var origin) && (origin.IsSameHost(request.Host) || _allowed.Contains(origin));
    }
}
