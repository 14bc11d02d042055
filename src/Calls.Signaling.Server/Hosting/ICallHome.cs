namespace Calls.Signaling.Server;

/// <summary>Where the calls live: in the memory of this server, or with several servers together. The router knows the rules that stand before it.
/// For one connection its members are called one after another, each awaited.</summary>
internal interface ICallHome
{
    /// <summary>A connection comes. It is welcomed before anything else reaches it, and an older one of the same device is closed.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="welcome">Makes the welcome, given what came from this device in each of its calls.</param>
    /// <param name="cancellationToken">The connection is gone.</param>
    ValueTask EnterAsync(
        ICallConnection connection, Func<IReadOnlyList<CallProgress>, WelcomeMessage> welcome, CancellationToken cancellationToken);

    /// <summary>A connection goes. May be said again.</summary>
    void Leave(ICallConnection connection);

    /// <summary>Takes a message of a call; false: there is no such call.</summary>
    ValueTask<bool> ReceiveAsync(ICallConnection connection, CallMessage message, CancellationToken cancellationToken);

    /// <summary>Passes candidates on as they came, without a look at the rules; false: they have to be read, and received like any message.</summary>
    /// <param name="connection">By which they came.</param>
    /// <param name="text">The candidates.</param>
    /// <param name="timestamp">The time now, by the server's clock.</param>
    bool TryPass(QueuedConnection connection, in CandidatesText text, long timestamp);

    /// <summary>Counts a message as received that was refused before it got here.</summary>
    ValueTask DiscardAsync(ICallConnection connection, CallId call, int seq, CancellationToken cancellationToken);

    /// <summary>Replays what a device missed of all its calls; <paramref name="received"/> is the last <c>seq</c> that it has of each. Returns how many
    /// messages that were.</summary>
    ValueTask<int> ResumeAsync(ICallConnection connection, IReadOnlyDictionary<CallId, int> received, CancellationToken cancellationToken);

    /// <summary>Whether a user may ring a chat now; asked before anybody looks who that is.</summary>
    ValueTask<CallAdmission> AdmitAsync(ICallConnection connection, string chatId, CancellationToken cancellationToken);

    /// <summary>Begins a call, and rings.</summary>
    ValueTask<CallAdmission> StartAsync(
        ICallConnection connection, InitiateMessage initiate, IReadOnlyList<Callee> callees, CancellationToken cancellationToken);

    /// <summary>Why the calls cannot be reached now, in a sentence for those who run the server; null: they can.</summary>
    ValueTask<string?> FindTroubleAsync(CancellationToken cancellationToken);
}

/// <summary>Whether a call may begin.</summary>
internal enum CallAdmission
{
    /// <summary>It may, or has begun. An id that was in use has been dealt with too: its call has received the message.</summary>
    Granted,

    /// <summary>The caller has too many calls.</summary>
    TooManyCalls,

    /// <summary>The caller has rung too often.</summary>
    TooManyRings,
}
