using Calls.Media;
using Calls.Media.WebRtc;

namespace Calls.Benchmarks.Media;

/// <summary>Two sessions of the managed engine in one process, each told at once what the other one gathers.</summary>
internal sealed class EnginePair : IAsyncDisposable
{
    private readonly End _one, _other;

    private EnginePair(End one, End other)
    {
        (_one, _other) = (one, other);
        one.Tell(other.Session);
        other.Tell(one.Session);
    }

    /// <summary>Opens both ends' devices and sessions.</summary>
    public static async Task<EnginePair> OpenAsync(WebRtcMediaSource source) => new(await End.OpenAsync(source), await End.OpenAsync(source));

    /// <summary>Offers, answers, and waits until both are connected.</summary>
    public async Task ConnectAsync()
    {
        var answer = await _other.Session.AnswerOfferAsync(await _one.Session.CreateOfferAsync());
        await _one.Session.TakeAnswerAsync(answer);
        await Task.WhenAll(_one.Connected, _other.Connected).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
    }

    /// <summary>How many packets both ends received.</summary>
    public async Task<long> ReceivedAsync()
        => ((await _one.Session.GetStatisticsAsync())?.PacketsReceived ?? 0) + ((await _other.Session.GetStatisticsAsync())?.PacketsReceived ?? 0);

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
    }

    private sealed class End : IObserver<MediaSessionEvent>, IAsyncDisposable
    {
        private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ILocalMedia _media;
        private IMediaSession? _other;

        private End(IMediaSession session, ILocalMedia media) => (Session, _media) = (session, media);

        public IMediaSession Session { get; }

        public Task Connected => _connected.Task;

        public static async Task<End> OpenAsync(WebRtcMediaSource source)
        {
            End end = new(await source.ConnectAsync(new MediaSessionOptions()), await source.OpenAsync(new MediaRequest(Video: false)));
            await end.Session.AttachAsync(end._media);
            return end;
        }

        public void Tell(IMediaSession other)
        {
            _other = other;
            Session.Events.Subscribe(this);
        }

        public void OnNext(MediaSessionEvent value)
        {
            if (value is LocalCandidatesGathered gathered)
                _ = _other!.AddCandidatesAsync(gathered.Candidates);
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
}
