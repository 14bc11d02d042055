using System.Security.Cryptography;

namespace Calls.Sample.Web;

/// <summary>What a browser may do on the sample's pages.</summary>
public static class SecurityHeaders
{
    private const string NonceKey = "calls-sample-nonce";

    /// <summary>Scripts and connections of this origin only; microphone and camera for this page only; no frame around it.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        context.Items[NonceKey] = nonce;
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'self'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; media-src 'self' blob: mediastream:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
        headers["Permissions-Policy"] = "camera=(self), microphone=(self), display-capture=(self)";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return next(context);
    });

    /// <summary>The nonce of this response's inline scripts.</summary>
    public static string Nonce(HttpContext context) => (string)context.Items[NonceKey]!;
}
