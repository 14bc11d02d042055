using Calls.Media.SIPSorcery.Descriptions;
using SIPSorcery.Net;
using SIPSorceryMedia.Abstractions;

namespace Calls.Media.SIPSorcery.Session;

/// <summary>What offer and answer agreed on. It is there as a whole or not at all: SIPSorcery may be connected while it is still read.</summary>
/// <param name="Remote">The other side's description.</param>
/// <param name="Audio">The format of the sound.</param>
/// <param name="Video">The format of the pictures; null: there are none.</param>
/// <param name="SendsSound">Whether the other side takes sound.</param>
/// <param name="SendsPictures">Whether it takes pictures.</param>
internal sealed record Agreement(RemoteDescription Remote, AudioFormat Audio, VideoFormat? Video, bool SendsSound, bool SendsPictures)
{
    /// <summary>Reads what a connection came to, that has both descriptions.</summary>
    public static Agreement Of(RTCPeerConnection peer, RemoteDescription remote)
    {
        var audio = Best(peer.AudioStream.LocalTrack, remote.Audio).ToAudioFormat();
        var track = peer.VideoStream?.LocalTrack is { StreamStatus: not MediaStreamStatusEnum.Inactive, Capabilities.Count: > 0 } one && remote.Video is not null ? one : null;
        VideoFormat? video = track is null ? null : Best(track, remote.Video!).ToVideoFormat();
        return new(remote, audio, video, MaySend(peer.AudioStream), track is not null && MaySend(peer.VideoStream!));
    }

    // In the other side's order (RFC 3264, sections 6.1 and 7). SIPSorcery puts payload types that need no name before those that have one.
    private static SDPAudioVideoMediaFormat Best(MediaStreamTrack track, RemoteSection section) => track.Capabilities
        .Where(format => !string.Equals(format.Name(), SDP.TELEPHONE_EVENT_ATTRIBUTE, StringComparison.OrdinalIgnoreCase)).MinBy(format => section.Rank(format.ID));

    private static bool MaySend(MediaStream stream)
        => stream.LocalTrack.StreamStatus is MediaStreamStatusEnum.SendRecv or MediaStreamStatusEnum.SendOnly
            && stream.RemoteTrack?.StreamStatus is null or MediaStreamStatusEnum.SendRecv or MediaStreamStatusEnum.RecvOnly;
}
