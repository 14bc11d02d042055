using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Calls.Media.WebRtc.Dtls;

/// <summary>The hash of a certificate, by which a description vouches for whoever holds its key (RFC 8122, section 5).</summary>
internal sealed record DtlsFingerprint
{
    private readonly byte[] _hash;

    private DtlsFingerprint(string algorithm, byte[] hash)
    {
        Algorithm = algorithm;
        _hash = hash;
    }

    /// <summary>The hash function's name in small letters: <c>sha-256</c>, <c>sha-384</c> or <c>sha-512</c>.</summary>
    public string Algorithm { get; }

    /// <summary>The hash as in the attribute: pairs of capital hexadecimal digits between colons.</summary>
    public string Value => string.Join(':', _hash.Select(one => one.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>The SHA-256 fingerprint of a certificate.</summary>
    public static DtlsFingerprint Of(ReadOnlySpan<byte> certificate) => new("sha-256", SHA256.HashData(certificate));

    /// <summary>Reads an attribute's hash function and hash. False where the function is unknown or too weak, or the hash is none of that function.</summary>
    public static bool TryParse(string algorithm, string value, [NotNullWhen(true)] out DtlsFingerprint? fingerprint)
    {
        fingerprint = null;
        var name = algorithm.ToLowerInvariant();
        if (LengthOf(name) is not { } length || value.Length != 3 * length - 1)
            return false;
        var hash = new byte[length];
        for (var i = 0; i < length; i++)
        {
            if (i > 0 && value[3 * i - 1] != ':'
                || Convert.FromHexString(value.AsSpan(3 * i, 2), hash.AsSpan(i, 1), out _, out _) != System.Buffers.OperationStatus.Done)
                return false;
        }

        fingerprint = new(name, hash);
        return true;
    }

    /// <summary>Whether this is the fingerprint of <paramref name="certificate"/>.</summary>
    public bool Matches(ReadOnlySpan<byte> certificate)
        => CryptographicOperations.FixedTimeEquals(_hash, Algorithm switch
        {
            "sha-256" => SHA256.HashData(certificate),
            "sha-384" => SHA384.HashData(certificate),
            _ => SHA512.HashData(certificate),
        });

    /// <inheritdoc/>
    public bool Equals(DtlsFingerprint? other) => other is not null && Algorithm == other.Algorithm && _hash.AsSpan().SequenceEqual(other._hash);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_hash);

    private static int? LengthOf(string algorithm) => algorithm switch
    {
        "sha-256" => SHA256.HashSizeInBytes,
        "sha-384" => SHA384.HashSizeInBytes,
        "sha-512" => SHA512.HashSizeInBytes,
        _ => null,
    };
}
