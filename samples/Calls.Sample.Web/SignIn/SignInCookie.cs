using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Calls.Sample.Web.SignIn;

/// <summary>
/// The names that are signed in from one browser. Two tabs of a browser share their cookies, and the sample wants to be two people in two tabs;
/// so the cookie holds a list, and each request says which of the list it is.
/// </summary>
public sealed class SignInCookie(IDataProtectionProvider protection)
{
    /// <summary>The cookie's name.</summary>
    public const string Name = "calls-sample";

    /// <summary>How many names a browser may hold; of more, the oldest is signed out.</summary>
    public const int MaxNames = 8;

    private readonly IDataProtector _protector = protection.CreateProtector("Calls.Sample.Web.SignIn.v1");

    /// <summary>The names in a cookie; none where there is no cookie, or not one of ours.</summary>
    public IReadOnlyList<PersonName> Read(string? cookie)
    {
        if (string.IsNullOrEmpty(cookie))
            return [];
        try
        {
            return JsonSerializer.Deserialize<List<PersonName>>(_protector.Unprotect(cookie)) ?? [];
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or JsonException)
        {
            return [];
        }
    }

    /// <summary>The cookie for these names.</summary>
    public string Write(IReadOnlyList<PersonName> names) => _protector.Protect(JsonSerializer.Serialize(names));

    /// <summary>Adds a name to the browser's cookie.</summary>
    public void Add(HttpContext context, PersonName name)
        => Set(context, [.. Read(context.Request.Cookies[Name]).Where(known => known.Id != name.Id).TakeLast(MaxNames - 1), name]);

    /// <summary>Takes a name out of the browser's cookie.</summary>
    public void Remove(HttpContext context, string id)
        => Set(context, [.. Read(context.Request.Cookies[Name]).Where(known => known.Id != id)]);

    private void Set(HttpContext context, IReadOnlyList<PersonName> names)
        => context.Response.Cookies.Append(Name, Write(names), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            IsEssential = true,
        });
}
