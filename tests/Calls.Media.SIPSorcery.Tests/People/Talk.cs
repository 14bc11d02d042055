using System.Collections.Concurrent;
using Calls.Signaling;

namespace Calls.Media.SIPSorcery.Tests.People;

/// <summary>Two sessions, of any engines, that are told at once what the other one gathers.</summary>
internal sealed class Talk : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private Talk(Side first, Side second) => (First, Second) = (first, second);

    public Side First { get; }

    public Side Second { get; }

    /// <summary>Opens both ends' devices.</summary>
    public static async Task<Talk> BeginAsync(IMediaSource first, IMediaSource second, bool video = false, bool muted = false)
    {
        Talk talk = new(await Side.OpenAsync(first, video, muted), await Side.OpenAsync(second, video, muted: false));
        talk.First.Tell(talk.Second);
        talk.Second.Tell(talk.First);
        return talk;
    }

    /// <summary>The same, and connects them; the first one offers.</summary>
    public static async Task<Talk> ConnectAsync(IMediaSource first, IMediaSource second, bool video = false)
    {
        var talk = await BeginAsync(first, second, video);
        await talk.AgreeAsync();
        await talk.ReachAsync(MediaConnectionState.Connected);
        return talk;
    }

    public async Task AgreeAsync(Func<string, string>? change = null)
    {
        var answer = await Second.Session.AnswerOfferAsync(await First.Session.CreateOfferAsync());
        await First.Session.TakeAnswerAsync(change is null ? answer : change(answer));
    }

    public Task ReachAsync(MediaConnectionState state) => Task.WhenAll(First.ReachesAsync(state), Second.ReachesAsync(state));

    /// <summary>Looks again and again until it is so.</summary>
    public static async Task Until(Func<bool> isSo, Func<string> otherwise)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            TimeProvider.System.GetElapsedTime(since).Should().BeLessThan(Patience, otherwise());
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }

    /// <summary>A session, its devices, and what it told.</summary>
    internal sealed class Side : IObserver<MediaSessionEvent>, IAsyncDisposable
    {
        private readonly ConcurrentQueue<MediaSessionEvent> _events = new();
        private Side? _other;

        private Side(IMediaSession session, ILocalMedia media) => (Session, Media) = (session, media);

        public IMediaSession Session { get; }

        public ILocalMedia Media { get; }

        public IReadOnlyList<MediaSessionEvent> Events => [.. _events];

        public IReadOnlyList<MediaConnectionState> States => [.. _events.OfType<ConnectionStateChanged>().Select(changed => changed.State)];

        public IReadOnlyList<IceCandidate> Candidates => [.. _events.OfType<LocalCandidatesGathered>().SelectMany(gathered => gathered.Candidates)];

        public static async Task<Side> OpenAsync(IMediaSource source, bool video, bool muted)
        {
            var media = await source.OpenAsync(new(video, muted));
            media.VideoFailure.Should().BeNull();
            Side side = new(await source.ConnectAsync(new()), media);
            await side.Session.AttachAsync(media);
            return side;
        }

        public void Tell(Side other)
        {
            _other = other;
            Session.Events.Subscribe(this);
        }

        public Task ReachesAsync(MediaConnectionState state)
            => Until(() => States is [.., var last] && last == state, () => $"it is {string.Join(", ", States)} and not {state}");

        public async Task<MediaStatistics> StatisticsAsync() => (await Session.GetStatisticsAsync())!;

        public void OnNext(MediaSessionEvent value)
        {
            _events.Enqueue(value);
            if (value is LocalCandidatesGathered gathered)
                _ = _other!.Session.AddCandidatesAsync(gathered.Candidates);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error) => throw error;

        public async ValueTask DisposeAsync()
        {
            await Session.DisposeAsync();
            await Media.DisposeAsync();
        }
    }
}
