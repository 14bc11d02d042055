using System.Security.Cryptography;

namespace Calls.Media.WebRtc.Ice;

/// <summary>The user name fragment and the password of one side in one generation (RFC 8839, section 5.4).</summary>
/// <param name="Ufrag">4 to 256 ice-chars.</param>
/// <param name="Pwd">22 to 256 ice-chars. A secret.</param>
internal sealed record IceCredentials(string Ufrag, string Pwd)
{
    private const string IceChars = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// <summary>New ones: 48 bits to tell generations apart, 144 bits that nobody guesses.</summary>
    public static IceCredentials Create() => new(RandomNumberGenerator.GetString(IceChars, 8), RandomNumberGenerator.GetString(IceChars, 24));

    /// <inheritdoc/>
    public override string ToString() => Ufrag;
}
