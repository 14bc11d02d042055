using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Calls.Signaling.Server;

/// <summary>
/// A time-limited TURN credential, as in "A REST API For Access To TURN Services" (draft-uberti-behave-turn-rest-00, section 2.2): the user name is
/// <c>expiry:userId</c> with the expiry in seconds since 1970, the password is the Base64 of HMAC-SHA1 of the user name with the shared secret. Pure.
/// </summary>
internal static class TurnRestCredential
{
    public static (string Username, string Password) Of(string secret, string userId, DateTimeOffset expires)
    {
        var username = string.Create(CultureInfo.InvariantCulture, $"{expires.ToUnixTimeSeconds()}:{userId}");
#pragma warning disable CA5350 // The scheme asks for SHA-1; as an HMAC it holds (RFC 6194, section 3.3).
        var hash = HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(username));
#pragma warning restore CA5350
        return (username, Convert.ToBase64String(hash));
    }
}
