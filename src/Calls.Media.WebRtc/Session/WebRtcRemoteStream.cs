using Calls.Media.WebRtc.Prefetching;

namespace Calls.Media.WebRtc.Session;

/// <summary>What the other side sends, played by the devices that are attached; before there are some, it is left.</summary>
internal sealed class WebRtcRemoteStream : IRemoteStream, IAudioOutput, IVideoOutput, IPrefetched
{
    private volatile LocalOutputs? _outputs;

    public string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>Where it is heard and seen.</summary>
    public LocalOutputs? Outputs
    {
        get => _outputs;
        set => _outputs = value;
    }

    public void Write(ReadOnlySpan<short> frame) => _outputs?.Play(frame);

    public bool Takes(int sampleRate) => _outputs is not { } outputs || outputs.Plays(sampleRate);

    public void Write(VideoFrame frame) => _outputs?.Show(frame);

    /// <summary>Whether a picture was lost on its way to the display since the last time this was asked.</summary>
    public bool TakeLoss() => _outputs is { } outputs && outputs.TakeLoss();

    /// <inheritdoc/>
    public void Prefetch(int step)
    {
        if (step == 0)
            CacheLines.Fetch(_outputs);
        else if (step == 1)
            _outputs?.Prefetch();
    }

    public void Dispose() => _outputs = null;
}
