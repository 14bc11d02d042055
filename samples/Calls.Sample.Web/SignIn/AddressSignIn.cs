using Microsoft.Extensions.Options;

namespace Calls.Sample.Web.SignIn;

/// <summary>What a page's address asks for: <c>/?user=alice</c>.</summary>
/// <param name="Name">Who is signed in by it; null where nobody is.</param>
/// <param name="Problem">Why nobody is, where somebody was named.</param>
public sealed record AddressSignIn(PersonName? Name, string? Problem)
{
    /// <summary>Signs in whom the address names, if the settings let it.</summary>
    public static AddressSignIn From(HttpContext context)
    {
        if (!context.Request.Query.TryGetValue("user", out var user))
            return new(null, null);
        var services = context.RequestServices;
        if (!services.GetRequiredService<IOptions<SampleOptions>>().Value.DevelopmentSignIn)
            return new(null, "This server does not sign people in by their address (Sample:DevelopmentSignIn is off).");
        if (!PersonName.TryParse(user, out var name, out var problem))
            return new(null, problem);
        services.GetRequiredService<SignInCookie>().Add(context, name);
        return new(name, null);
    }
}
