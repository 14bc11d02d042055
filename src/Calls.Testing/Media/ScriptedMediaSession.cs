using System.Globalization;
using System.Reactive.Subjects;
using Calls.Media;
using Calls.Signaling;

namespace Calls.Testing;

/// <summary>A peer connection of a <see cref="ScriptedMediaSource"/>; its descriptions carry nothing but who made them.</summary>
internal sealed class ScriptedMediaSession : IMediaSession, IRemoteStream
{
    private readonly ScriptedMediaSource _source;
    private readonly ScriptedMediaNetwork _network;
    private readonly ReplaySubject<MediaSessionEvent> _events = new();
    private readonly Lock _gate = new();
    private readonly int _id;
    private ILocalMedia? _attached;
    private int _offer;
    private bool _hasLocalOffer;
    private bool _isDisposed;
    private bool _isUp;

    public ScriptedMediaSession(ScriptedMediaSource source, ScriptedMediaNetwork network)
    {
        (_source, _network) = (source, network);
        _id = network.Enter(this);
    }

    public string Id => $"remote {_id}";

    public IObservable<MediaSessionEvent> Events => _events;

    public Task AttachAsync(ILocalMedia media, CancellationToken cancellationToken = default) => Do(() => _attached = media);

    public Task<string> CreateOfferAsync(bool iceRestart = false, CancellationToken cancellationToken = default) => Describe(() =>
    {
        _hasLocalOffer = true;
        return $"offer {_id} {++_offer}";
    });

    public Task<string> AnswerOfferAsync(string offer, CancellationToken cancellationToken = default) => Describe(()
        => !_hasLocalOffer && offer.Split(' ') is ["offer", var other, var number] ? $"answer {_id} {other} {number}" : throw Bad(offer));

    public async Task TakeAnswerAsync(string answer, CancellationToken cancellationToken = default)
    {
        ScriptedMediaSession? other = null;
        await Do(() =>
        {
            if (_source.DescriptionFailure is { } failure)
                throw failure;
            if (!_hasLocalOffer || answer.Split(' ') is not ["answer", var id, var mine, var number]
                || mine != Text(_id) || number != Text(_offer) || !int.TryParse(id, CultureInfo.InvariantCulture, out var otherId))
                throw Bad(answer);
            _hasLocalOffer = false;
            other = _network.Find(otherId);
        }).ConfigureAwait(false);
        if (_network.IsCut || other is null)
            return;
        ComeUp();
        other.ComeUp();
    }

    public Task RollbackAsync(CancellationToken cancellationToken = default) => Do(() => _hasLocalOffer = false);

    public Task AddCandidatesAsync(IReadOnlyList<IceCandidate> candidates, CancellationToken cancellationToken = default) => Do(() => { });

    public Task<MediaStatistics?> GetStatisticsAsync(CancellationToken cancellationToken = default) => Task.FromResult<MediaStatistics?>(null);

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return ValueTask.CompletedTask;
            _isDisposed = true;
        }

        _source.CloseSession();
        return ValueTask.CompletedTask;
    }

    private void ComeUp()
    {
        lock (_gate)
        {
            if (_isDisposed || _isUp)
                return;
            _isUp = true;
            if (_attached is ScriptedLocalMedia { IsOpen: true })
                _source.CountPacket();
        }

        _events.OnNext(new ConnectionStateChanged(MediaConnectionState.Connected));
        _events.OnNext(new RemoteStreamAdded(this));
    }

    private async Task<string> Describe(Func<string> describe)
    {
        var sdp = "";
        await Do(() => sdp = _source.DescriptionFailure is { } failure ? throw failure : describe()).ConfigureAwait(false);
        _events.OnNext(new LocalCandidatesGathered([new IceCandidate($"candidate of {_id}", "0", 0)]));
        return sdp;
    }

    private Task Do(Action action)
    {
        lock (_gate)
        {
            try
            {
                if (_isDisposed)
                    throw new MediaException(MediaFailure.EngineLost, "The session is closed.");
                action();
                return Task.CompletedTask;
            }
            catch (MediaException exception)
            {
                return Task.FromException(exception);
            }
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static MediaException Bad(string sdp) => new(MediaFailure.BadDescription, $"'{sdp}' does not fit here.");
}
