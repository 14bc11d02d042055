using Calls.Signaling;

namespace Calls.Media;

/// <summary>
/// One peer connection. The core calls its methods one at a time, in order. Disposing closes the connection; it may be disposed twice, and at
/// any moment, also while a method runs.
/// </summary>
/// <remarks>
/// A description that the engine does not take is a <see cref="MediaException"/> with <see cref="MediaFailure.BadDescription"/>; a candidate that it
/// cannot use is passed over. A method of a disposed session throws a <see cref="MediaException"/> with <see cref="MediaFailure.EngineLost"/>.
/// </remarks>
public interface IMediaSession : IAsyncDisposable
{
    /// <summary>
    /// What happens, one event at a time, in order. Events before the first subscription are kept for it, and for no later one. Completes when the
    /// session is disposed of.
    /// </summary>
    IObservable<MediaSessionEvent> Events { get; }

    /// <summary>Sends the tracks of <paramref name="media"/> on this connection, now and as they change.</summary>
    Task AttachAsync(ILocalMedia media, CancellationToken cancellationToken = default);

    /// <summary>
    /// Tells that <see cref="CreateOfferAsync"/> comes when the devices are open, so that an engine may make its offer and gather candidates in the meantime. Comes at
    /// most once a session, before everything else. What goes wrong is thrown by <see cref="CreateOfferAsync"/>. Default: does nothing.
    /// </summary>
    /// <param name="cancellationToken">Cancelled when the call ends first.</param>
    Task PrepareOfferAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>Makes an offer with one audio and one video section and sets it as the local description (RFC 9429, sections 4.1.8 and 4.1.10).</summary>
    /// <param name="iceRestart">Whether to start a new ICE generation.</param>
    /// <param name="cancellationToken">Cancelled when the call ends first.</param>
    Task<string> CreateOfferAsync(bool iceRestart = false, CancellationToken cancellationToken = default);

    /// <summary>
    /// Tells which offer <see cref="AnswerOfferAsync"/> is going to answer, while the devices still open, so that an engine may set it as the remote description,
    /// make its answer and begin to connect in the meantime. Comes at most once a session, before everything else, and never before the user accepted. What is
    /// wrong with the offer is thrown by <see cref="AnswerOfferAsync"/>. Default: does nothing.
    /// </summary>
    /// <param name="offer">The offer.</param>
    /// <param name="candidates">
    /// The caller's candidates that came so far. Those that come while the devices still open follow with <see cref="AddCandidatesAsync"/>. All come again with it
    /// after the answer.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the call ends first.</param>
    Task PrepareAnswerAsync(string offer, IReadOnlyList<IceCandidate> candidates, CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <summary>Sets <paramref name="offer"/> as the remote description, and makes and sets the answer.</summary>
    Task<string> AnswerOfferAsync(string offer, CancellationToken cancellationToken = default);

    /// <summary>Sets <paramref name="answer"/> as the remote description.</summary>
    Task TakeAnswerAsync(string answer, CancellationToken cancellationToken = default);

    /// <summary>Takes back the own offer that was not answered (RFC 9429, section 4.1.10.2).</summary>
    Task RollbackAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds remote candidates in order. One that the engine cannot use is passed over.</summary>
    Task AddCandidatesAsync(IReadOnlyList<IceCandidate> candidates, CancellationToken cancellationToken = default);

    /// <summary>Tells how the connection does now; null where the engine cannot.</summary>
    Task<MediaStatistics?> GetStatisticsAsync(CancellationToken cancellationToken = default);
}

/// <summary>Something that happened on a peer connection.</summary>
public abstract record MediaSessionEvent;

/// <summary>Own candidates were gathered.</summary>
/// <param name="Candidates">In the order in which they were gathered.</param>
public sealed record LocalCandidatesGathered(IReadOnlyList<IceCandidate> Candidates) : MediaSessionEvent;

/// <summary>The connection's state changed.</summary>
/// <param name="State">The new state.</param>
public sealed record ConnectionStateChanged(MediaConnectionState State) : MediaSessionEvent
{
    /// <summary>
    /// Whether no ICE restart can bring this session back, as where DTLS has failed with ICE, so that it has to be replaced. Only of <see cref="MediaConnectionState.Failed"/>, and the last
    /// that the session says. Default: no.
    /// </summary>
    public bool NeedsNewSession { get; init; }
}

/// <summary>The remote stream is there. Raised once; tracks that come later join the same stream.</summary>
/// <param name="Stream">The stream.</param>
public sealed record RemoteStreamAdded(IRemoteStream Stream) : MediaSessionEvent;

/// <summary>The engine needs a new offer and answer before what is attached is really sent.</summary>
public sealed record NegotiationNeeded : MediaSessionEvent;

/// <summary>Everything that a session receives from the other side. Engines give it the shape that their hosts can show.</summary>
public interface IRemoteStream
{
    /// <summary>Unique within the engine.</summary>
    string Id { get; }
}

/// <summary>The state of a peer connection: ICE and DTLS together (<c>RTCPeerConnectionState</c>).</summary>
public enum MediaConnectionState
{
    /// <summary>Nothing happens yet.</summary>
    New,

    /// <summary>Being made.</summary>
    Connecting,

    /// <summary>ICE and DTLS are up.</summary>
    Connected,

    /// <summary>Nothing is heard for the moment.</summary>
    Disconnected,

    /// <summary>No way was found, or the far side's fingerprint is wrong.</summary>
    Failed,

    /// <summary>Closed.</summary>
    Closed,
}
