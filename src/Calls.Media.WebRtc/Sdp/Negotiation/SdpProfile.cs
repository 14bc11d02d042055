using System.Security.Cryptography;

namespace Calls.Media.WebRtc.Sdp;

/// <summary>What an engine speaks in its descriptions.</summary>
/// <param name="Opus">Whether Opus can be coded here; without it sound is G.711.</param>
internal sealed record SdpProfile(bool Opus);

/// <summary>The own end of the transport, as the next description tells it.</summary>
/// <param name="IceUfrag">The own ICE user name fragment.</param>
/// <param name="IcePwd">The own ICE password.</param>
/// <param name="Fingerprint">The own certificate's hash.</param>
internal sealed record LocalEnd(string IceUfrag, string IcePwd, CertificateFingerprint Fingerprint);

/// <summary>The names under which a session sends: the same in all its descriptions.</summary>
/// <param name="Audio">The sound.</param>
/// <param name="Video">The pictures.</param>
internal sealed record LocalStreams(StreamIdentity Audio, StreamIdentity Video)
{
    /// <summary>New random names; the three sources are different.</summary>
    public static LocalStreams Create()
    {
        var stream = Guid.NewGuid().ToString();
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var first = (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);
        StreamIdentity Of(uint ssrc, uint? retransmission) => new()
        {
            Ssrc = ssrc,
            RetransmissionSsrc = retransmission,
            CanonicalName = name,
            StreamId = stream,
            TrackId = Guid.NewGuid().ToString(),
        };
        // Odd constants keep the three apart whatever the first one is.
        return new LocalStreams(Of(first, null), Of(first ^ 0x40000001, first ^ 0x20000002));
    }
}
