using System.Collections.Concurrent;
using Calls.Signaling;

namespace Calls.Media.WebRtc.Tests.Session;

/// <summary>Two sessions that are told at once what the other one gathers.</summary>
internal sealed class EngineCall : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private EngineCall(Side first, Side second) => (First, Second) = (first, second);

    public Side First { get; }

    public Side Second { get; }

    /// <summary>Opens both ends' devices and connects them; the first one offers.</summary>
    public static async Task<EngineCall> ConnectAsync(EngineEnd first, EngineEnd second, bool video = false, MediaSessionOptions? options = null)
    {
        var call = await BeginAsync(first, second, video, options);
        await call.AgreeAsync();
        await call.ReachAsync(MediaConnectionState.Connected);
        return call;
    }

    /// <summary>The same without an agreement.</summary>
    public static async Task<EngineCall> BeginAsync(EngineEnd first, EngineEnd second, bool video = false, MediaSessionOptions? options = null, bool attaches = true)
    {
        EngineCall call = new(await Side.OpenAsync(first, video, options, attaches), await Side.OpenAsync(second, video, options, attaches));
        call.First.Tell(call.Second);
        call.Second.Tell(call.First);
        return call;
    }

    public async Task AgreeAsync(bool iceRestart = false, Func<string, string>? change = null)
    {
        var answer = await Second.Session.AnswerOfferAsync(await First.Session.CreateOfferAsync(iceRestart));
        await First.Session.TakeAnswerAsync(change is null ? answer : change(answer));
    }

    public async Task ReachAsync(MediaConnectionState state)
    {
        await First.ReachesAsync(state);
        await Second.ReachesAsync(state);
    }

    /// <summary>Looks again and again until it is so.</summary>
    /// <param name="isSo">What is waited for.</param>
    /// <param name="what">The same in words.</param>
    /// <param name="state">How it is instead, for the one who has to find out why.</param>
    public static async Task Until(Func<bool> isSo, string what, Func<string>? state = null)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            TimeProvider.System.GetElapsedTime(since).Should().BeLessThan(Patience, "{0} ({1})", what, state?.Invoke());
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }

    public sealed class Side : IObserver<MediaSessionEvent>, IAsyncDisposable
    {
        private readonly ConcurrentQueue<MediaSessionEvent> _events = new();
        private Side? _other;

        private Side(IMediaSession session, ILocalMedia media) => (Session, Media) = (session, media);

        public IMediaSession Session { get; }

        public ILocalMedia Media { get; }

        public IReadOnlyList<MediaSessionEvent> Events => [.. _events];

        public IReadOnlyList<MediaConnectionState> States => [.. _events.OfType<ConnectionStateChanged>().Select(changed => changed.State)];

        public IReadOnlyList<IceCandidate> Candidates => [.. _events.OfType<LocalCandidatesGathered>().SelectMany(gathered => gathered.Candidates)];

        public bool IsOver { get; private set; }

        public static async Task<Side> OpenAsync(EngineEnd end, bool video, MediaSessionOptions? options, bool attaches)
        {
            Side side = new(await end.Source.ConnectAsync(options ?? new()), await end.Source.OpenAsync(new(video)));
            if (attaches)
                await side.Session.AttachAsync(side.Media);
            return side;
        }

        public void Tell(Side other)
        {
            _other = other;
            Session.Events.Subscribe(this);
        }

        public Task ReachesAsync(MediaConnectionState state) => Until(() => States is [.., var last] && last == state, $"it becomes {state}");

        public Task<MediaStatistics?> StatisticsAsync() => Session.GetStatisticsAsync();

        public void OnNext(MediaSessionEvent value)
        {
            _events.Enqueue(value);
            if (value is LocalCandidatesGathered gathered)
                _ = _other!.Session.AddCandidatesAsync(gathered.Candidates);
        }

        public void OnCompleted() => IsOver = true;

        public void OnError(Exception error) => throw error;

        public async ValueTask DisposeAsync()
        {
            await Session.DisposeAsync();
            await Media.DisposeAsync();
        }
    }
}
