using Calls.Media.WebRtc.Sdp;

namespace Calls.Media.WebRtc.Rtp;

/// <summary>Where a session's packets and media go. Called from within the session's methods: it must not call back into the session.</summary>
internal interface IRtpSessionSink
{
    /// <summary>Protects and sends an RTP packet.</summary>
    /// <param name="buffer">The packet, with <see cref="RtpSession.ProtectionRoom"/> more bytes behind it.</param>
    /// <param name="length">The packet's length.</param>
    void SendRtp(Span<byte> buffer, int length);

    /// <summary>Protects and sends an RTCP compound; as <see cref="SendRtp"/>.</summary>
    void SendRtcp(Span<byte> buffer, int length);

    /// <summary>A packet of sound came, perhaps not in order.</summary>
    /// <param name="codec">What it is coded in.</param>
    /// <param name="number">Its number in the stream.</param>
    /// <param name="timestamp">Ticks of the codec's clock.</param>
    /// <param name="payload">What it carries; valid until the method returns.</param>
    /// <param name="now">When it came.</param>
    void AudioArrived(AgreedCodec codec, long number, uint timestamp, ReadOnlySpan<byte> payload, TimeSpan now);

    /// <summary>A whole VP8 frame came. The first is a key frame, and so is the first after a loss.</summary>
    /// <param name="frame">The frame; valid until the method returns.</param>
    /// <param name="timestamp">Since the stream's begin.</param>
    /// <param name="isKeyFrame">Whether it can be shown without another.</param>
    void VideoArrived(ReadOnlySpan<byte> frame, TimeSpan timestamp, bool isKeyFrame);

    /// <summary>The other side cannot show anything before it gets a key frame.</summary>
    void KeyFrameWanted();
}
