using System.Buffers.Binary;
using System.Security.Cryptography;
using Calls.Media.WebRtc.Prefetching;

namespace Calls.Media.WebRtc.Srtp;

/// <summary><c>AEAD_AES_128_GCM</c> (RFC 7714).</summary>
internal sealed class GcmCipher(SrtpSessionKeys keys) : SrtpCipher
{
    private const int Length = 16;
    private const int NonceLength = 12;
    private readonly AesGcm _aes = new(keys.Encryption, Length);

    // The salt, here rather than in an array that is far away.
    private readonly ulong _saltHead = BinaryPrimitives.ReadUInt64BigEndian(keys.Salt);
    private readonly uint _saltEnd = BinaryPrimitives.ReadUInt32BigEndian(keys.Salt.AsSpan(sizeof(ulong)));

    // Header and trailer of RTCP are not neighbours in the packet, but are authenticated as if they were.
    private readonly byte[] _associated = new byte[SrtpContext.MaximumLength + sizeof(uint)];

    public override int TagLength => Length;

    public override bool AuthenticatesRollover => false;

    public override void Seal(Span<byte> packet, int headerLength, uint ssrc, ulong index, ReadOnlySpan<byte> trailer, Span<byte> tag)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteNonce(nonce, ssrc, index);
        var body = packet[headerLength..];
        _aes.Encrypt(nonce, body, body, tag, Associated(packet[..headerLength], trailer));
    }

    public override bool TryOpen(
        Span<byte> packet, int headerLength, uint ssrc, ulong index, ReadOnlySpan<byte> trailer, ReadOnlySpan<byte> tag)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteNonce(nonce, ssrc, index);
        var body = packet[headerLength..];
        try
        {
            _aes.Decrypt(nonce, body, tag, body, Associated(packet[..headerLength], trailer));
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public override void Prefetch() => CacheLines.Fetch(_aes);

    public override void Dispose() => _aes.Dispose();

    // RFC 7714, sections 8.1 and 9.1: two bytes of nothing, the source, and 48 bits of the index, laid over the salt.
    private void WriteNonce(Span<byte> nonce, uint ssrc, ulong index)
    {
        BinaryPrimitives.WriteUInt64BigEndian(nonce, _saltHead ^ ((ulong)ssrc << 16 | index >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(nonce[sizeof(ulong)..], _saltEnd ^ (uint)index);
    }

    private ReadOnlySpan<byte> Associated(ReadOnlySpan<byte> header, ReadOnlySpan<byte> trailer)
    {
        if (trailer.IsEmpty)
            return header;
        header.CopyTo(_associated);
        trailer.CopyTo(_associated.AsSpan(header.Length));
        return _associated.AsSpan(0, header.Length + trailer.Length);
    }
}
