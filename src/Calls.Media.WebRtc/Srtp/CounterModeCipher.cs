using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Calls.Media.WebRtc.Srtp;

/// <summary><c>AES_CM_128_HMAC_SHA1_80</c>: AES in counter mode and a tag of HMAC-SHA1 that is cut to 80 bits (RFC 3711, sections 4.1.1 and 4.2.1).</summary>
internal sealed class CounterModeCipher : SrtpCipher
{
    private const int Length = 10;
    private const int BlockLength = 16;
    private const int SsrcPosition = 4;
    private const int CounterPosition = 14;
    private const int BlocksAtOnce = 32;

    private readonly byte[] _salt;
    private readonly IncrementalHash _hmac;
    private readonly Aes _aes;

    // A transform that lives on spares both the key schedule and the allocations of the one-shot calls.
    private readonly ICryptoTransform _encryptor;
    private readonly byte[] _counters = new byte[BlocksAtOnce * BlockLength];
    private readonly byte[] _stream = new byte[BlocksAtOnce * BlockLength];

    public CounterModeCipher(SrtpSessionKeys keys)
    {
        _salt = keys.Salt;
        _aes = Aes.Create();
#pragma warning disable CA5358 // Each block of counters is encrypted once: that is what counter mode is.
        _aes.Mode = CipherMode.ECB;
#pragma warning restore CA5358
        _aes.Padding = PaddingMode.None;
        _aes.SetKey(keys.Encryption);
        _encryptor = _aes.CreateEncryptor();
#pragma warning disable CA5350 // The profile's own algorithm; HMAC does not need a hash that resists collisions.
        _hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, keys.Authentication);
#pragma warning restore CA5350
    }

    public override int TagLength => Length;

    public override bool AuthenticatesRollover => true;

    public override void Seal(Span<byte> packet, int headerLength, uint ssrc, ulong index, ReadOnlySpan<byte> trailer, Span<byte> tag)
    {
        ApplyStream(packet[headerLength..], ssrc, index);
        Span<byte> full = stackalloc byte[HMACSHA1.HashSizeInBytes];
        Authenticate(packet, trailer, full);
        full[..Length].CopyTo(tag);
    }

    public override bool TryOpen(
        Span<byte> packet, int headerLength, uint ssrc, ulong index, ReadOnlySpan<byte> trailer, ReadOnlySpan<byte> tag)
    {
        Span<byte> full = stackalloc byte[HMACSHA1.HashSizeInBytes];
        Authenticate(packet, trailer, full);
        if (!CryptographicOperations.FixedTimeEquals(full[..Length], tag))
            return false;
        ApplyStream(packet[headerLength..], ssrc, index);
        return true;
    }

    public override void Dispose()
    {
        _encryptor.Dispose();
        _aes.Dispose();
        _hmac.Dispose();
    }

    private void Authenticate(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> trailer, Span<byte> full)
    {
        _hmac.AppendData(packet);
        _hmac.AppendData(trailer);
        _hmac.GetHashAndReset(full);
    }

    private void ApplyStream(Span<byte> body, uint ssrc, ulong index)
    {
        Span<byte> iv = stackalloc byte[BlockLength];
        iv.Clear();
        _salt.CopyTo(iv);
        MixIn(iv, SsrcPosition, ssrc, index);
        for (var block = 0; !body.IsEmpty; block += BlocksAtOnce)
        {
            var part = body[..Math.Min(body.Length, _stream.Length)];
            var blocks = (part.Length + BlockLength - 1) / BlockLength;
            for (var i = 0; i < blocks; i++)
            {
                var counter = _counters.AsSpan(i * BlockLength, BlockLength);
                iv.CopyTo(counter);
                BinaryPrimitives.WriteUInt16BigEndian(counter[CounterPosition..], (ushort)(block + i));
            }

            _encryptor.TransformBlock(_counters, 0, blocks * BlockLength, _stream, 0);
            for (var i = 0; i < part.Length; i++)
                part[i] ^= _stream[i];
            body = body[part.Length..];
        }
    }
}
