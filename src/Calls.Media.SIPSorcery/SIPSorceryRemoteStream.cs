using SIPSorceryMedia.Abstractions;

namespace Calls.Media.SIPSorcery;

/// <summary>What the other side sends, and the sinks that take it: a host shows what <see cref="VideoSink"/> decodes.</summary>
public sealed class SIPSorceryRemoteStream : IRemoteStream
{
    internal SIPSorceryRemoteStream(IAudioSink? audio, IVideoSink? video) => (AudioSink, VideoSink) = (audio, video);

    /// <inheritdoc/>
    public string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>Where the sound goes; null: it is left.</summary>
    public IAudioSink? AudioSink { get; }

    /// <summary>Where the pictures go; null: they are left.</summary>
    public IVideoSink? VideoSink { get; }
}
