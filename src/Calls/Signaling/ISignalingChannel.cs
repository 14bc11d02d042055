namespace Calls.Signaling;

/// <summary>
/// Carries messages between this client and the signaling server. An adapter stays small: it connects, delivers in order while connected,
/// and when the connection is lost it reconnects by itself with jittered back-off. Exactly-once is the core's work (<c>seq</c>, <c>call:resume</c>).
/// </summary>
/// <remarks>
/// <para>The first message of every connection is <see cref="WelcomeMessage"/>. <see cref="Messages"/> and <see cref="Status"/> never call
/// OnError, and are never raised at the same time: a status that precedes a message on the connection precedes it here.</para>
/// <para>Text that is no message, or of a type that this version does not know, is dropped and logged; it never ends the connection. A message over
/// 64 KiB is not delivered; the channel may end the connection for it, and then makes a new one.</para>
/// <para>An observer that throws keeps nothing from the others. One may call <see cref="SendAsync"/> and <see cref="IAsyncDisposable.DisposeAsync"/>.</para>
/// <para>A connection that is silent and does not answer counts as lost. Nothing is sent a second time after a loss: that is the core's.</para>
/// <para>Disposing may happen at any moment, twice and in parallel: a wait of <see cref="ConnectAsync"/> ends with
/// <see cref="ObjectDisposedException"/>, the last status is <see cref="ChannelState.Closed"/>, both streams complete, and nobody hears more.</para>
/// <para>Each of these rules is a case of <c>SignalingConformance</c> in the package <c>Calls.Testing</c>.</para>
/// </remarks>
public interface ISignalingChannel : IAsyncDisposable
{
    /// <summary>What the server sends, one at a time, in order. Hot: nothing is kept for a late subscriber.</summary>
    IObservable<SignalingMessage> Messages { get; }

    /// <summary>The state of the connection: the current one at once, then every change.</summary>
    IObservable<ChannelStatus> Status { get; }

    /// <summary>
    /// Starts to connect, and completes when the first connection is up. Trying goes on after a passing failure; calling it again while
    /// connecting or connected waits for the same connection.
    /// </summary>
    /// <exception cref="SignalingException">The server refused this client (no or wrong token, foreign origin): trying again is pointless.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled: the channel is disconnected again, unless it was connected.</exception>
    /// <exception cref="ObjectDisposedException">The channel was disposed.</exception>
    Task ConnectAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Sends one message. Completes when the transport has taken it; that is no promise that it arrives. Calls may overlap: messages leave in
    /// the order of the calls.
    /// </summary>
    /// <exception cref="SignalingException">There is no connection now, or it broke: the message was perhaps not sent.</exception>
    /// <exception cref="ObjectDisposedException">The channel was disposed.</exception>
    ValueTask SendAsync(SignalingMessage message, CancellationToken cancellationToken = default);
}
