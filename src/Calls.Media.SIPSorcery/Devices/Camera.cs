using SIPSorceryMedia.Abstractions;

namespace Calls.Media.SIPSorcery.Devices;

/// <summary>What is sent as pictures: a camera, or a screen. It is started when a format is agreed on.</summary>
internal sealed class Camera
{
    private readonly IVideoSource _source;
    private readonly DeviceRun _run;
    private readonly Action<VideoFormat, uint, byte[]> _give;
    private readonly Action<Camera, string> _lose;
    private VideoFormat _format = VideoFormat.Empty;
    private volatile bool _isAgreed;
    private volatile bool _isOpen;

    /// <param name="source">The open source, which is closed with the camera.</param>
    /// <param name="isOpen">Whether it may give pictures.</param>
    /// <param name="give">Takes a coded picture, with its format and its duration in RTP units.</param>
    /// <param name="lose">Told once, where the source says that it fails.</param>
    public Camera(IVideoSource source, bool isOpen, Action<VideoFormat, uint, byte[]> give, Action<Camera, string> lose)
    {
        (_source, _isOpen, _give, _lose) = (source, isOpen, give, lose);
        _run = new DeviceRun(source, source.StartVideo, source.PauseVideo, source.ResumeVideo, source.CloseVideo);
        source.OnVideoSourceEncodedSample += OnSample;
        source.OnVideoSourceError += OnError;
    }

    /// <summary>Whether it can give pictures in a format.</summary>
    public bool Can(VideoFormat format) => _source.GetVideoSourceFormats().Any(one => one.Codec == format.Codec);

    /// <summary>A connection agreed on a format: the source is told, runs if it may, and begins with a whole picture.</summary>
    public async Task AgreeAsync(VideoFormat format)
    {
        await _run.DoAsync(() =>
        {
            if (_format.IsEmpty() || _format.FormatID != format.FormatID || _format.Codec != format.Codec)
                _source.SetVideoSourceFormat(format);
            _format = format;
        }).ConfigureAwait(false);
        _isAgreed = true;
        await _run.SetAsync(_isOpen).ConfigureAwait(false);
        await ForceKeyFrameAsync().ConfigureAwait(false);
    }

    /// <summary>Lets it give pictures, or none.</summary>
    public async Task OpenAsync(bool isOpen)
    {
        _isOpen = isOpen;
        if (!_isAgreed)
            return;
        await _run.SetAsync(isOpen).ConfigureAwait(false);
        if (isOpen)
            await ForceKeyFrameAsync().ConfigureAwait(false);
    }

    /// <summary>The next picture is a whole one.</summary>
    public Task ForceKeyFrameAsync() => _run.DoAsync(_source.ForceKeyFrame);

    public Task CloseAsync()
    {
        _isOpen = false;
        _source.OnVideoSourceEncodedSample -= OnSample;
        _source.OnVideoSourceError -= OnError;
        return _run.CloseAsync();
    }

    private void OnSample(uint duration, byte[] sample)
    {
        if (_isOpen && _isAgreed && sample is { Length: > 0 })
            _give(_format, duration, sample);
    }

    private void OnError(string message)
    {
        _source.OnVideoSourceError -= OnError;
        _isOpen = false;
        _lose(this, message);
    }
}
