using Microsoft.Extensions.Options;

namespace Calls.Signaling.Server;

/// <summary>What every front end does with what a client sent.</summary>
internal sealed class MessageIntake(ICallRouter router, IOptions<CallSignalingOptions> options)
{
    private readonly CallRouter? _texts = router as CallRouter;

    /// <summary>The largest message, in bytes.</summary>
    public int MaxMessageBytes { get; } = options.Value.Limits.MaxMessageBytes;

    /// <summary>Takes one message, whole. A connection that closes is not listened to any more.</summary>
    public ValueTask TakeAsync(QueuedConnection connection, ReadOnlySpan<byte> utf8, CancellationToken cancellationToken)
    {
        if (connection.IsClosing)
            return ValueTask.CompletedTask;
        if (utf8.Length > MaxMessageBytes)
        {
            RefuseTooLarge(connection);
            return ValueTask.CompletedTask;
        }

        if (_texts is not null && CandidatesText.TryRead(utf8, out var candidates))
            return _texts.ReceiveAsync(connection, candidates, cancellationToken);
        if (connection.IsSuspect && SuspectText.IsHopeless(utf8))
            return router.MalformedAsync(connection, "The text is not a message of this protocol.", cancellationToken);
        if (SignalingJson.TryParse(utf8, out var message, out var error))
            return router.ReceiveAsync(connection, message, cancellationToken);
        connection.IsSuspect = true;
        return router.MalformedAsync(connection, error, cancellationToken);
    }

    /// <summary>Takes what is not even a text.</summary>
    public ValueTask MalformedAsync(QueuedConnection connection, string error, CancellationToken cancellationToken)
        => connection.IsClosing ? ValueTask.CompletedTask : router.MalformedAsync(connection, error, cancellationToken);

    public void RefuseTooLarge(QueuedConnection connection) => connection.Close(new ErrorMessage
    {
        Code = ErrorCodes.TooLarge,
        Message = $"A message may have {MaxMessageBytes} bytes: the connection closes.",
    });
}
