using Calls.Media.WebRtc.Tests.Video;
using SIPSorceryMedia.Abstractions;

namespace Calls.Media.SIPSorcery.Tests.People;

/// <summary>A camera as an app has it: 25 coded pictures a second, a key frame where one is asked for, then nine that differ, again and again.</summary>
internal sealed class ClipSource(int number) : IVideoSource
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(40);
    private readonly byte[][] _pictures = Make(number);
    private readonly CancellationTokenSource _closing = new();
    private bool _isPaused;
    private int _at;

    public event EncodedSampleDelegate? OnVideoSourceEncodedSample;

    public event RawVideoSampleDelegate? OnVideoSourceRawSample
    {
        add { }
        remove { }
    }

    public event RawVideoSampleFasterDelegate? OnVideoSourceRawSampleFaster
    {
        add { }
        remove { }
    }

    public event SourceErrorDelegate? OnVideoSourceError;

    /// <summary>Called once when it is closed.</summary>
    public Action? Closed { get; init; }

    public List<VideoFormat> Formats { get; init; } = [new(VideoCodecsEnum.VP8, 96)];

    public bool IsClosed { get; private set; }

    public bool IsStarted { get; private set; }

    public static HashSet<string> Names(int number) => Make(number).Select(picture => Pictures.Name(picture)).ToHashSet();

    public List<VideoFormat> GetVideoSourceFormats() => Formats;

    public void SetVideoSourceFormat(VideoFormat videoFormat)
    {
    }

    public Task StartVideo()
    {
        IsStarted = true;
        _ = ShowAsync();
        return Task.CompletedTask;
    }

    public Task PauseVideo()
    {
        _isPaused = true;
        return Task.CompletedTask;
    }

    public Task ResumeVideo()
    {
        _isPaused = false;
        return Task.CompletedTask;
    }

    public Task CloseVideo()
    {
        if (!IsClosed)
            Closed?.Invoke();
        IsClosed = true;
        return _closing.CancelAsync();
    }

    public void ForceKeyFrame() => _at = 0;

    public void Fail(string message) => OnVideoSourceError?.Invoke(message);

    public void RestrictFormats(Func<VideoFormat, bool> filter)
    {
    }

    public void ExternalVideoSourceRawSample(uint durationMilliseconds, int width, int height, byte[] sample, VideoPixelFormatsEnum pixelFormat)
    {
    }

    public void ExternalVideoSourceRawSampleFaster(uint durationMilliseconds, RawImage rawImage)
    {
    }

    public bool HasEncodedVideoSubscribers() => OnVideoSourceEncodedSample is not null;

    public bool IsVideoSourcePaused() => _isPaused;

    private static byte[][] Make(int number)
    {
        Random random = new(number);
        return [Pictures.Key(8_000, random), .. Enumerable.Range(0, 9).Select(_ => Pictures.Delta(2_500, random))];
    }

    private async Task ShowAsync()
    {
        try
        {
            using PeriodicTimer timer = new(Frame, TimeProvider.System);
            while (await timer.WaitForNextTickAsync(_closing.Token))
            {
                if (_isPaused)
                    continue;
                OnVideoSourceEncodedSample?.Invoke(3_600, _pictures[_at]);
                _at = (_at + 1) % _pictures.Length;
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
