using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Calls.Signaling.SignalR.Tests;

/// <summary>Signs in whom the query names, as a token in the query would: <c>user</c>, <c>name</c>, and <c>expires</c> as a round-trip time.</summary>
internal sealed class QueryAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Query";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string? user = Request.Query["user"];
        if (user is null)
            return Task.FromResult(AuthenticateResult.NoResult());
        List<Claim> claims = [new(ClaimTypes.NameIdentifier, user)];
        if (Request.Query["name"] is [{ } name])
            claims.Add(new Claim(ClaimTypes.Name, name));
        var properties = new AuthenticationProperties();
        if (Request.Query["expires"] is [{ } expires])
            properties.ExpiresUtc = DateTimeOffset.Parse(expires, CultureInfo.InvariantCulture);
        var principal = new ClaimsPrincipal(new ClaimsIdentity(claims, Name));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, properties, Name)));
    }
}
