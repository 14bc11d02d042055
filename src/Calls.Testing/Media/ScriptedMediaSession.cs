using System.Globalization;
using Calls.Media;
using Calls.Signaling;

namespace Calls.Testing;

/// <summary>A peer connection of a <see cref="ScriptedMediaSource"/>; its descriptions say nothing but who made them, and its candidates are for show.</summary>
internal sealed class ScriptedMediaSession : IMediaSession, IRemoteStream
{
    private readonly ScriptedMediaSource _source;
    private readonly ScriptedMediaNetwork _network;
    private readonly KeptEvents<MediaSessionEvent> _events = new();
    private readonly Lock _gate = new();
    private readonly int _id;
    private ILocalMedia? _attached;
    private int _offer;
    private int _generation;
    private bool _hasLocalOffer;
    private bool _isDisposed;
    private bool _isUp;
    private bool _hasStream;
    private long _packets;

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
        if (iceRestart)
            _generation++;
        return new(IsOffer: true, _id, _id, ++_offer, _generation, ScriptedDescription.AudioAndVideo);
    });

    public Task<string> AnswerOfferAsync(string offer, CancellationToken cancellationToken = default) => Describe(()
        => !_hasLocalOffer && ScriptedDescription.Read(offer) is { IsOffer: true } read
            ? new(IsOffer: false, _id, read.From, read.Number, _generation, read.Sections) : throw Bad(offer));

    public async Task TakeAnswerAsync(string answer, CancellationToken cancellationToken = default)
    {
        ScriptedMediaSession? other = null;
        await Do(() =>
        {
            if (_source.DescriptionFailure is { } failure)
                throw failure;
            if (!_hasLocalOffer || ScriptedDescription.Read(answer) is not { IsOffer: false } read || read.To != _id || read.Number != _offer)
                throw Bad(answer);
            _hasLocalOffer = false;
            other = _network.Find(read.From);
        }).ConfigureAwait(false);
        if (_network.IsCut || other is null)
            return;
        ComeUp();
        other.ComeUp();
    }

    public Task RollbackAsync(CancellationToken cancellationToken = default) => Do(() => _hasLocalOffer = false);

    public Task AddCandidatesAsync(IReadOnlyList<IceCandidate> candidates, CancellationToken cancellationToken = default) => Do(() => { });

    public Task<MediaStatistics?> GetStatisticsAsync(CancellationToken cancellationToken = default)
        => Task.FromResult(_source.Capabilities.HasFlag(MediaCapabilities.Statistics) ? new MediaStatistics { PacketsSent = Volatile.Read(ref _packets) } : null);

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return ValueTask.CompletedTask;
            _isDisposed = true;
        }

        _network.Leave(_id);
        _events.Complete();
        _source.CloseSession();
        return ValueTask.CompletedTask;
    }

    /// <summary>The connection is lost.</summary>
    public void GoDown()
    {
        lock (_gate)
        {
            if (_isDisposed || !_isUp)
                return;
            _isUp = false;
        }

        _events.Raise(new ConnectionStateChanged(MediaConnectionState.Failed));
    }

    private void ComeUp()
    {
        bool isFirst;
        lock (_gate)
        {
            if (_isDisposed || _isUp)
                return;
            _isUp = true;
            (isFirst, _hasStream) = (!_hasStream, true);
            if (_attached is ScriptedLocalMedia { IsOpen: true })
            {
                _packets++;
                _source.CountPacket();
            }
        }

        _events.Raise(new ConnectionStateChanged(MediaConnectionState.Connected));
        if (isFirst)
            _events.Raise(new RemoteStreamAdded(this));
    }

    private async Task<string> Describe(Func<ScriptedDescription> describe)
    {
        var sdp = "";
        await Do(() => sdp = _source.DescriptionFailure is { } failure ? throw failure : describe().Write()).ConfigureAwait(false);
        _events.Raise(new LocalCandidatesGathered([new IceCandidate(string.Create(CultureInfo.InvariantCulture, $"candidate:{_id} 1 udp 1 127.0.0.1 9 typ host"), "0", 0)]));
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

    private static MediaException Bad(string sdp) => new(MediaFailure.BadDescription, $"'{sdp}' does not fit here.");
}
