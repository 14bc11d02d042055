using Calls.Media;
using Calls.Media.WebRtc;
using Calls.Signaling;

namespace Calls.Benchmarks.Media;

/// <summary>One end of a call of the managed engine: a session and its devices.</summary>
internal sealed class EngineEnd : IObserver<MediaSessionEvent>, IAsyncDisposable
{
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILocalMedia _media;
    private Action<IReadOnlyList<IceCandidate>>? _tell;

    private EngineEnd(IMediaSession session, ILocalMedia media) => (Session, _media) = (session, media);

    public IMediaSession Session { get; }

    public Task Connected => _connected.Task;

    public static async Task<EngineEnd> OpenAsync(WebRtcMediaSource source)
    {
        EngineEnd end = new(await source.ConnectAsync(new MediaSessionOptions()), await source.OpenAsync(new MediaRequest(Video: false)));
        await end.Session.AttachAsync(end._media);
        return end;
    }

    /// <summary>Tells what is gathered from now on.</summary>
    public void Begin(Action<IReadOnlyList<IceCandidate>> tell)
    {
        _tell = tell;
        Session.Events.Subscribe(this);
    }

    /// <summary>How many packets it received.</summary>
    public async Task<long> ReceivedAsync() => (await Session.GetStatisticsAsync())?.PacketsReceived ?? 0;

    public void OnNext(MediaSessionEvent value)
    {
        if (value is LocalCandidatesGathered gathered)
            _tell!(gathered.Candidates);
        else if (value is ConnectionStateChanged { State: MediaConnectionState.Connected })
            _connected.TrySetResult();
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error) => _connected.TrySetException(error);

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await _media.DisposeAsync();
    }
}
