using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Calls.Sample.Web.SignIn;

/// <summary>
/// THIS IS A SAMPLE'S SIGN-IN: nobody proves who he is. Replace it with your app's own authentication; all that Calls asks for is a
/// <see cref="ClaimTypes.NameIdentifier"/>.
/// </summary>
/// <remarks>A request that names a <c>?user=</c> is that user, if the browser's cookie holds him. A request that names none is the browser itself:
/// it has the names as claims, but is nobody.</remarks>
public sealed class SampleSignInHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder,
    SignInCookie cookie, IOptions<SampleOptions> sample)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "SampleSignIn";

    private const string BrowserNameClaim = "calls-sample/name";

    /// <summary>The names in the cookie of the browser that a principal came from.</summary>
    public static IEnumerable<PersonName> NamesOf(ClaimsPrincipal browser)
    {
        foreach (var claim in browser.FindAll(BrowserNameClaim))
        {
            if (PersonName.TryParse(claim.Value, out var name, out _))
                yield return name;
        }
    }

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var names = cookie.Read(Request.Cookies[SignInCookie.Name]);
        var wanted = Request.Query["user"].ToString();
        if (wanted.Length == 0)
            return Task.FromResult(names.Count == 0 ? AuthenticateResult.NoResult() : Success(BrowserClaims(names)));

        if (!PersonName.TryParse(wanted, out var name, out var problem))
            return Task.FromResult(AuthenticateResult.Fail(problem));
        var signedIn = names.FirstOrDefault(one => one.Id == name.Id);
        if (signedIn is null && !sample.Value.DevelopmentSignIn)
            return Task.FromResult(AuthenticateResult.Fail("This browser is not signed in with that name."));

        name = signedIn ?? name;
        return Task.FromResult(Success(
            [new Claim(ClaimTypes.NameIdentifier, name.Id), new Claim(ClaimTypes.Name, name.Display), .. BrowserClaims(names)]));
    }

    private static IEnumerable<Claim> BrowserClaims(IReadOnlyList<PersonName> names)
        => names.Select(name => new Claim(BrowserNameClaim, name.Display));

    private AuthenticateResult Success(IEnumerable<Claim> claims)
        => AuthenticateResult.Success(new AuthenticationTicket(
            new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme.Name, ClaimTypes.Name, ClaimTypes.Role)), Scheme.Name));
}
