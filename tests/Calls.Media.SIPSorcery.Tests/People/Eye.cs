using System.Net;
using Calls.Media.WebRtc.Tests.Video;
using SIPSorceryMedia.Abstractions;

namespace Calls.Media.SIPSorcery.Tests.People;

/// <summary>A display as an app has it; remembers the names of the pictures that it was given.</summary>
internal sealed class Eye : IVideoSink
{
    private readonly Lock _gate = new();
    private readonly List<string> _names = [];

    public event VideoSinkSampleDecodedDelegate? OnVideoSinkDecodedSample
    {
        add { }
        remove { }
    }

    public event VideoSinkSampleDecodedFasterDelegate? OnVideoSinkDecodedSampleFaster
    {
        add { }
        remove { }
    }

    public bool IsClosed { get; private set; }

    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_gate)
                return [.. _names];
        }
    }

    public void GotVideoRtp(IPEndPoint remoteEndPoint, uint ssrc, uint seqnum, uint timestamp, int payloadID, bool marker, byte[] payload)
    {
    }

    public void GotVideoFrame(IPEndPoint remoteEndPoint, uint timestamp, byte[] payload, VideoFormat format)
    {
        lock (_gate)
            _names.Add(Pictures.Name(payload));
    }

    public List<VideoFormat> GetVideoSinkFormats() => [new(VideoCodecsEnum.VP8, 96)];

    public void SetVideoSinkFormat(VideoFormat videoFormat)
    {
    }

    public void RestrictFormats(Func<VideoFormat, bool> filter)
    {
    }

    public Task PauseVideoSink() => Task.CompletedTask;

    public Task ResumeVideoSink() => Task.CompletedTask;

    public Task StartVideoSink() => Task.CompletedTask;

    public Task CloseVideoSink()
    {
        IsClosed = true;
        return Task.CompletedTask;
    }
}
