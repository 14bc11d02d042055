namespace Calls.Signaling.Server;

/// <summary>One connection of one device, whatever the transport. Equal only to itself. Its members are called from any thread, and never block.</summary>
public interface ICallConnection
{
    /// <summary>Whose it is, as the server authenticated him.</summary>
    Party Party { get; }

    /// <summary>When it closes because the ticket or token behind it expires; null: never.</summary>
    DateTimeOffset? ExpiresAt => null;

    /// <summary>Queues a message, in order. When the queue is full the connection closes itself with <see cref="ErrorCodes.SlowReader"/>;
    /// on a closed connection it does nothing.</summary>
    void Send(SignalingMessage message);

    /// <summary>Sends what is queued and <paramref name="last"/>, and closes. Only the first close counts.</summary>
    void Close(ErrorMessage last);
}
