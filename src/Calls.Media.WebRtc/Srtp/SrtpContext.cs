using System.Buffers.Binary;
using Calls.Media.WebRtc.Prefetching;

namespace Calls.Media.WebRtc.Srtp;

/// <summary>
/// Protects what is sent, or opens what is received, with the master key of one direction (RFC 3711). Works in place, allocates nothing per packet,
/// and may be used from several threads. A packet that is not authentic changes no state.
/// </summary>
internal sealed class SrtpContext : IDisposable
{
    /// <summary>The longest packet, protected, in bytes.</summary>
    public const int MaximumLength = 2048;

    /// <summary>How many bytes protection adds at most.</summary>
    public const int MaximumOverhead = 20;

    /// <summary>How many sources one direction may have.</summary>
    public const int MaximumSources = 64;

    /// <summary>A master key must not protect more packets of a source (RFC 3711, section 9.2).</summary>
    internal const long LastRtpIndex = (1L << 48) - 1;

    private const uint LastRtcpIndex = (1U << 31) - 1;
    private const uint EncryptedFlag = 1U << 31;
    private const int WordLength = sizeof(uint);

    private readonly Lock _gate = new();
    private readonly Dictionary<uint, SrtpStream> _streams = [];
    private readonly SrtpCipher _rtp;
    private readonly SrtpCipher _rtcp;

    // Most contexts have one source: it need not be looked up.
    private SrtpStream? _last;
    private uint _lastSsrc;
    private bool _isDisposed;

    public SrtpContext(SrtpProfile profile, ReadOnlySpan<byte> masterKey, ReadOnlySpan<byte> masterSalt)
        : this(profile, SrtpSessionKeys.Of(profile, masterKey, masterSalt, forRtcp: false), SrtpSessionKeys.Of(profile, masterKey, masterSalt, forRtcp: true))
    {
    }

    /// <summary>A context with session keys that are known already.</summary>
    internal SrtpContext(SrtpProfile profile, SrtpSessionKeys rtp, SrtpSessionKeys rtcp)
    {
        _rtp = SrtpCipher.Create(profile, rtp);
        _rtcp = SrtpCipher.Create(profile, rtcp);
    }

    /// <summary>Protects an RTP packet.</summary>
    /// <param name="buffer">The packet, with room for <see cref="MaximumOverhead"/> more bytes.</param>
    /// <param name="length">The packet's length.</param>
    /// <returns>The protected packet's length; 0 where it is no packet, has no room, or its sequence number was protected already: one keystream
    /// must never serve twice, so what is sent again is sent as it was protected, or in a stream of its own (RFC 4588).</returns>
    public int ProtectRtp(Span<byte> buffer, int length)
    {
        var packet = buffer[..length];
        if (length + _rtp.TagLength > Math.Min(buffer.Length, MaximumLength)
            || !SrtpPacket.TryReadRtp(packet, out var headerLength, out var sequence, out var ssrc))
            return 0;
        lock (_gate)
        {
            if (_isDisposed || !TryFind(ssrc, out var stream) || !SrtpStream.TryIndexOf(stream, sequence, out var index)
                || stream is not null && !stream.Rtp.IsFresh(index))
                return 0;
            Span<byte> rollover = stackalloc byte[WordLength];
            _rtp.Seal(packet, headerLength, ssrc, index, Rollover(rollover, index), buffer.Slice(length, _rtp.TagLength));
            Keep(stream, ssrc).Rtp.Mark(index);
            return length + _rtp.TagLength;
        }
    }

    /// <summary>Opens a protected RTP packet in place; false where it is none, is not authentic, or was there already.</summary>
    public bool TryUnprotectRtp(Span<byte> packet, out int length)
    {
        length = packet.Length - _rtp.TagLength;
        if (packet.Length > MaximumLength || length < 0
            || !SrtpPacket.TryReadRtp(packet[..length], out var headerLength, out var sequence, out var ssrc))
            return false;
        lock (_gate)
        {
            if (_isDisposed || !TryFind(ssrc, out var stream) || !SrtpStream.TryIndexOf(stream, sequence, out var index)
                || stream is not null && !stream.Rtp.IsFresh(index))
                return false;
            Span<byte> rollover = stackalloc byte[WordLength];
            if (!_rtp.TryOpen(packet[..length], headerLength, ssrc, index, Rollover(rollover, index), packet[length..]))
                return false;
            Keep(stream, ssrc).Rtp.Mark(index);
            return true;
        }
    }

    /// <summary>Protects a compound RTCP packet, which gets the next index of its source (RFC 3711, section 3.4).</summary>
    /// <param name="buffer">The packet, with room for <see cref="MaximumOverhead"/> more bytes.</param>
    /// <param name="length">The packet's length.</param>
    /// <returns>The protected packet's length; 0 where it is no packet, has no room, or the key is used up.</returns>
    public int ProtectRtcp(Span<byte> buffer, int length)
    {
        var packet = buffer[..length];
        var whole = length + WordLength + _rtcp.TagLength;
        if (whole > Math.Min(buffer.Length, MaximumLength) || !SrtpPacket.TryReadRtcp(packet, out var ssrc))
            return 0;
        lock (_gate)
        {
            if (_isDisposed || !TryFind(ssrc, out var stream))
                return 0;
            var index = stream?.Rtcp.Highest + 1 ?? FirstRtcpIndex;
            if (index > LastRtcpIndex)
                return 0;
            Span<byte> word = stackalloc byte[WordLength];
            BinaryPrimitives.WriteUInt32BigEndian(word, EncryptedFlag | (uint)index);
            var (wordAt, tagAt) = Places(length);
            _rtcp.Seal(packet, SrtpPacket.RtcpHeaderLength, ssrc, index, word, buffer.Slice(tagAt, _rtcp.TagLength));
            word.CopyTo(buffer[wordAt..]);
            Keep(stream, ssrc).Rtcp.Mark(index);
            return whole;
        }
    }

    /// <summary>Opens a protected RTCP packet in place; false where it is none, is not authentic, or was there already.</summary>
    public bool TryUnprotectRtcp(Span<byte> packet, out int length)
    {
        length = packet.Length - WordLength - _rtcp.TagLength;
        if (packet.Length > MaximumLength || length < 0 || !SrtpPacket.TryReadRtcp(packet[..length], out var ssrc))
            return false;
        var (wordAt, tagAt) = Places(length);
        var word = packet.Slice(wordAt, WordLength);
        var index = BinaryPrimitives.ReadUInt32BigEndian(word) & LastRtcpIndex;
        var isEncrypted = (word[0] & 0x80) != 0;
        lock (_gate)
        {
            if (_isDisposed || !TryFind(ssrc, out var stream) || stream is not null && !stream.Rtcp.IsFresh(index)
                || !_rtcp.TryOpen(packet[..length], isEncrypted ? SrtpPacket.RtcpHeaderLength : length, ssrc, index, word, packet.Slice(tagAt, _rtcp.TagLength)))
                return false;
            Keep(stream, ssrc).Rtcp.Mark(index);
            return true;
        }
    }

    /// <summary>Prepares a packet of RTP; as <see cref="IPrefetched.Prefetch"/>.</summary>
    public void Prefetch(int step)
    {
        if (step == 0)
        {
            CacheLines.Fetch(_gate);
            CacheLines.Fetch(_last);
            CacheLines.Fetch(_rtp);
        }
        else if (step == 1)
        {
            _last?.Rtp.Prefetch();
            _rtp.Prefetch();
        }
    }

    /// <summary>From now on nothing is protected or opened.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _rtp.Dispose();
            _rtcp.Dispose();
        }
    }

    /// <summary>The index that the first RTCP packet of a source gets.</summary>
    internal ulong FirstRtcpIndex { get; init; } = 1;

    // With AEAD the index follows the tag, otherwise the tag follows the index (RFC 7714, section 9.2).
    private (int Word, int Tag) Places(int length)
        => _rtcp.AuthenticatesRollover ? (length, length + WordLength) : (length + _rtcp.TagLength, length);

    private ReadOnlySpan<byte> Rollover(Span<byte> space, ulong index)
    {
        if (!_rtp.AuthenticatesRollover)
            return [];
        BinaryPrimitives.WriteUInt32BigEndian(space, (uint)(index >> 16));
        return space;
    }

    /// <summary>False where the source is new and there may be no more.</summary>
    private bool TryFind(uint ssrc, out SrtpStream? stream)
        => (stream = ssrc == _lastSsrc ? _last : null) is not null || _streams.TryGetValue(ssrc, out stream) || _streams.Count < MaximumSources;

    private SrtpStream Keep(SrtpStream? stream, uint ssrc)
    {
        (_last, _lastSsrc) = (stream ?? (_streams[ssrc] = new SrtpStream()), ssrc);
        return _last;
    }
}
