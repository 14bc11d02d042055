using System.Collections.Concurrent;
using Calls.Browser.Tests.Conformance;
using Calls.Browser.Tests.Harness;
using Calls.Media;
using Calls.Signaling;

namespace Calls.Browser.Tests.Engine;

/// <summary>The managed engine and a real Chromium, each with one session; what one gathers is told to the other at once.</summary>
internal sealed class EngineTalk : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly BrowserMediaRig _rig;

    private EngineTalk(EnginePerson person, BrowserMediaRig rig, Side engine, Side browser) => (Person, _rig, Engine, Browser) = (person, rig, engine, browser);

    public EnginePerson Person { get; }

    public Side Engine { get; }

    public Side Browser { get; }

    public IPage Page => _rig.Page;

    /// <summary>Opens the devices of both.</summary>
    /// <param name="stage">Where the browser is.</param>
    /// <param name="options">How the engine connects.</param>
    public static async Task<EngineTalk> BeginAsync(Stage stage, MediaSessionOptions? options = null)
    {
        var rig = await BrowserMediaRig.StartAsync(stage);
        await rig.Page.EvaluateAsync(CallPage.Resource("listener.js"));
        var person = await EnginePerson.CreateAsync();
        EngineTalk talk = new(person, rig, await Side.OpenAsync(person.Source, options ?? new()), await Side.OpenAsync(rig.Source, new()));
        talk.Engine.Tell(talk.Browser);
        talk.Browser.Tell(talk.Engine);
        return talk;
    }

    /// <summary>One offer and its answer.</summary>
    /// <param name="engineOffers">Who offers.</param>
    /// <param name="iceRestart">Whether with a new ICE generation.</param>
    /// <param name="toEngine">Changes what the engine is told.</param>
    /// <param name="toBrowser">Changes what the browser is told.</param>
    public async Task AgreeAsync(bool engineOffers, bool iceRestart = false, Func<string, string>? toEngine = null, Func<string, string>? toBrowser = null)
    {
        var (offerer, answerer) = engineOffers ? (Engine, Browser) : (Browser, Engine);
        var (there, back) = engineOffers ? (toBrowser, toEngine) : (toEngine, toBrowser);
        var offer = await offerer.Session.CreateOfferAsync(iceRestart);
        var answer = await answerer.Session.AnswerOfferAsync(there is null ? offer : there(offer));
        await offerer.Session.TakeAnswerAsync(back is null ? answer : back(answer));
    }

    public Task ReachAsync(MediaConnectionState state) => Task.WhenAll(Engine.ReachesAsync(state), Browser.ReachesAsync(state));

    /// <summary>Waits until each hears the other's tone.</summary>
    public async Task HearAsync()
    {
        await Until(() => Task.FromResult(Person.Frequency is > 430 and < 450), () => $"the engine hears {Person.Frequency} Hz");
        var heard = 0.0;
        await Until(async () => (heard = await Page.EvaluateAsync<double>("() => listener.frequency()")) is > 430 and < 450, () => $"the browser hears {heard} Hz");
    }

    /// <summary>Waits until so many more pictures came on each side, and what the browser shows is no black.</summary>
    public async Task SeeAsync(int pictures)
    {
        var (recorded, shown) = (Person.Pictures, await ShownAsync());
        await Until(() => Task.FromResult(Person.Pictures >= recorded + pictures), () => $"the engine records {Person.Pictures} pictures");
        var now = 0;
        await Until(async () => (now = await ShownAsync()) >= shown + pictures, () => $"the browser shows {now} pictures");
        var values = await Page.EvaluateAsync<int[]>("() => listener.picture()");
        (values[0] - values[1]).Should().BeGreaterThan(100, "a test picture has light and dark places");
    }

    public Task<int> ShownAsync() => Page.EvaluateAsync<int>("() => listener.frames");

    /// <summary>Looks again and again until it is so.</summary>
    public static async Task Until(Func<Task<bool>> isSo, Func<string> otherwise)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            TimeProvider.System.GetElapsedTime(since).Should().BeLessThan(Patience, otherwise());
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Browser.DisposeAsync();
        await _rig.DisposeAsync();
        Person.Dispose();
    }

    /// <summary>A session, its devices, and what it told.</summary>
    internal sealed class Side : IObserver<MediaSessionEvent>, IAsyncDisposable
    {
        private readonly ConcurrentQueue<MediaSessionEvent> _events = new();
        private Side? _other;

        private Side(IMediaSession session, ILocalMedia media) => (Session, Media) = (session, media);

        public IMediaSession Session { get; }

        public ILocalMedia Media { get; }

        public IReadOnlyList<MediaConnectionState> States => [.. _events.OfType<ConnectionStateChanged>().Select(changed => changed.State)];

        public IReadOnlyList<IceCandidate> Candidates => [.. _events.OfType<LocalCandidatesGathered>().SelectMany(gathered => gathered.Candidates)];

        public int Streams => _events.OfType<RemoteStreamAdded>().Count();

        public static async Task<Side> OpenAsync(IMediaSource source, MediaSessionOptions options)
        {
            Side side = new(await source.ConnectAsync(options), await source.OpenAsync(new(Video: true)));
            side.Media.VideoFailure.Should().BeNull();
            await side.Session.AttachAsync(side.Media);
            return side;
        }

        public void Tell(Side other)
        {
            _other = other;
            Session.Events.Subscribe(this);
        }

        public Task ReachesAsync(MediaConnectionState state)
            => Until(() => Task.FromResult(States is [.., var last] && last == state), () => $"it is {string.Join(", ", States)} and not {state}");

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
