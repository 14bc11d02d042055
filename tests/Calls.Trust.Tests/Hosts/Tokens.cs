using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Calls.Trust.Tests;

/// <summary>Signs tokens (RFC 7519) as an app's own identity server would.</summary>
internal static class Tokens
{
    public const string Issuer = "https://id.example";

    public static SymmetricSecurityKey Key { get; } = new("a key that only this test knows, long enough"u8.ToArray());

    private static SymmetricSecurityKey ForeignKey { get; } = new("a key that somebody else made up, long enough"u8.ToArray());

    public static string For(string user, DateTimeOffset expires, bool isForged = false) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Subject = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user)]),
        NotBefore = DateTimeOffset.UnixEpoch.UtcDateTime,
        Expires = expires.UtcDateTime,
        SigningCredentials = new SigningCredentials(isForged ? ForeignKey : Key, SecurityAlgorithms.HmacSha256),
    });
}
