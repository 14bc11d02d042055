using Calls.Media.WebRtc.Rtp;

namespace Calls.Media.WebRtc.Flow;

/// <summary>Protects and sends packets.</summary>
/// <remarks>Called from within the flow's lock: a lock that it takes must not be held by anybody who gives the flow a packet.</remarks>
internal interface IPacketSender
{
    /// <summary>Sends media.</summary>
    /// <param name="buffer">The packet, with <see cref="RtpSession.ProtectionRoom"/> more bytes behind it.</param>
    /// <param name="length">The packet's length.</param>
    void SendRtp(Span<byte> buffer, int length);

    /// <summary>Sends reports; as <see cref="SendRtp"/>.</summary>
    void SendRtcp(Span<byte> buffer, int length);

    /// <summary>Prepares sending; as <see cref="Prefetching.IPrefetched.Prefetch"/>.</summary>
    void Prefetch(int step)
    {
    }
}
