using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;

namespace Calls.Sample.Web.SignIn;

/// <summary>Sign in and out. JSON only, and the cookie is SameSite=Strict: another site's form can do neither.</summary>
public static class SignInEndpoints
{
    /// <summary>Adds <c>POST /sign-in</c> and <c>POST /sign-out</c>.</summary>
    public static void MapSampleSignIn(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/sign-in", SignIn);
        endpoints.MapPost("/sign-out", SignOut).RequireAuthorization();
    }

    private static Results<Ok<SignedIn>, ProblemHttpResult> SignIn(SignInRequest request, HttpContext context, SignInCookie cookie)
    {
        if (IsFromAnotherSite(context.Request))
            return TypedResults.Problem("Sign in from this app's own page.", statusCode: StatusCodes.Status403Forbidden);
        if (!PersonName.TryParse(request.Name, out var name, out var problem))
            return TypedResults.Problem(problem, statusCode: StatusCodes.Status400BadRequest);
        cookie.Add(context, name);
        return TypedResults.Ok(new SignedIn(name.Id, name.Display));
    }

    private static NoContent SignOut(HttpContext context, SignInCookie cookie)
    {
        cookie.Remove(context, context.User.FindFirstValue(ClaimTypes.NameIdentifier)!);
        return TypedResults.NoContent();
    }

    private static bool IsFromAnotherSite(HttpRequest request)
        => request.Headers.TryGetValue("Sec-Fetch-Site", out var site) && site != new StringValues("same-origin") && site != new StringValues("none");

    private sealed record SignInRequest(string? Name);

    private sealed record SignedIn(string User, string Name);
}
