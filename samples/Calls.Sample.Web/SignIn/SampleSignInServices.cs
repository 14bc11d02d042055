using Microsoft.AspNetCore.Authentication;

namespace Calls.Sample.Web.SignIn;

/// <summary>Registers the sample's sign-in.</summary>
public static class SampleSignInServices
{
    /// <summary>Adds the sample's sign-in, with the settings under <c>Sample</c>.</summary>
    public static void AddSampleSignIn(this IServiceCollection services, IConfiguration settings)
    {
        services.Configure<SampleOptions>(settings);
        services.AddDataProtection();
        services.AddSingleton<SignInCookie>();
        services.AddAuthentication(SampleSignInHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SampleSignInHandler>(SampleSignInHandler.SchemeName, null);
        services.AddAuthorizationBuilder()
            .SetDefaultPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder()
                .RequireClaim(System.Security.Claims.ClaimTypes.NameIdentifier).Build());
    }
}
