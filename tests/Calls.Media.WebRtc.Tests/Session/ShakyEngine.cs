using System.Reactive.Linq;
using System.Reactive.Subjects;
using Calls.Signaling;

namespace Calls.Media.WebRtc.Tests.Session;

/// <summary>The engine with connections that seem to fall silent when a test says so, until the next answer is taken.</summary>
internal sealed class ShakyEngine(IMediaSource engine, MediaCapabilities without = MediaCapabilities.None) : IMediaSource
{
    private ShakySession? _session;

    public MediaCapabilities Capabilities => engine.Capabilities & ~without;

    public int Sessions { get; private set; }

    public int IceRestarts { get; private set; }

    public void FallSilent() => _session!.Say(MediaConnectionState.Disconnected);

    public Task<ILocalMedia> OpenAsync(MediaRequest request, CancellationToken cancellationToken = default) => engine.OpenAsync(request, cancellationToken);

    public async Task<IMediaSession> ConnectAsync(MediaSessionOptions options, CancellationToken cancellationToken = default)
    {
        Sessions++;
        return _session = new(this, await engine.ConnectAsync(options, cancellationToken));
    }

    private sealed class ShakySession(ShakyEngine owner, IMediaSession session) : IMediaSession
    {
        private readonly Subject<MediaSessionEvent> _said = new();
        private bool _isSilent;

        public IObservable<MediaSessionEvent> Events => session.Events.Merge(_said);

        public void Say(MediaConnectionState state)
        {
            _isSilent = state == MediaConnectionState.Disconnected;
            _said.OnNext(new ConnectionStateChanged(state));
        }

        public Task AttachAsync(ILocalMedia media, CancellationToken cancellationToken = default) => session.AttachAsync(media, cancellationToken);

        public Task<string> CreateOfferAsync(bool iceRestart = false, CancellationToken cancellationToken = default)
        {
            owner.IceRestarts += iceRestart ? 1 : 0;
            return session.CreateOfferAsync(iceRestart, cancellationToken);
        }

        public Task PrepareOfferAsync(CancellationToken cancellationToken = default) => session.PrepareOfferAsync(cancellationToken);

        public Task PrepareAnswerAsync(string offer, IReadOnlyList<IceCandidate> candidates, CancellationToken cancellationToken = default)
            => session.PrepareAnswerAsync(offer, candidates, cancellationToken);

        public Task<string> AnswerOfferAsync(string offer, CancellationToken cancellationToken = default) => session.AnswerOfferAsync(offer, cancellationToken);

        public async Task TakeAnswerAsync(string answer, CancellationToken cancellationToken = default)
        {
            await session.TakeAnswerAsync(answer, cancellationToken);
            if (_isSilent)
                Say(MediaConnectionState.Connected);
        }

        public Task RollbackAsync(CancellationToken cancellationToken = default) => session.RollbackAsync(cancellationToken);

        public Task AddCandidatesAsync(IReadOnlyList<IceCandidate> candidates, CancellationToken cancellationToken = default)
            => session.AddCandidatesAsync(candidates, cancellationToken);

        public Task<MediaStatistics?> GetStatisticsAsync(CancellationToken cancellationToken = default) => session.GetStatisticsAsync(cancellationToken);

        public ValueTask DisposeAsync() => session.DisposeAsync();
    }
}
