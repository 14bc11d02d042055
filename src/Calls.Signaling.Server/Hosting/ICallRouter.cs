namespace Calls.Signaling.Server;

/// <summary>
/// What stands behind every front end. A front end authenticates, makes an <see cref="ICallConnection"/>, and then for each connection, one after
/// another and each awaited: <see cref="ConnectAsync"/> once, <see cref="ReceiveAsync"/> or <see cref="MalformedAsync"/> for each message, and
/// <see cref="Disconnect"/> at the end, whatever happened before; it may be said again.
/// </summary>
public interface ICallRouter
{
    /// <summary>Welcomes a connection. An older one of the same device is told <see cref="ErrorCodes.Superseded"/> and closed.</summary>
    ValueTask ConnectAsync(ICallConnection connection, CancellationToken cancellationToken);

    /// <summary>Takes one message. May take its time with a client that sends too fast.</summary>
    ValueTask ReceiveAsync(ICallConnection connection, SignalingMessage message, CancellationToken cancellationToken);

    /// <summary>Takes something that is no message: tells the client <see cref="ErrorCodes.BadMessage"/>, and counts it like a message.</summary>
    /// <param name="connection">The sender.</param>
    /// <param name="error">What is wrong with it, in a sentence.</param>
    /// <param name="cancellationToken">The connection is gone.</param>
    ValueTask MalformedAsync(ICallConnection connection, string error, CancellationToken cancellationToken);

    /// <summary>Forgets a connection. Calls wait for its device for <see cref="CallSignalingOptions.ResumeWindow"/>.</summary>
    void Disconnect(ICallConnection connection);
}
