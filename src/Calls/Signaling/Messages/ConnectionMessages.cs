namespace Calls.Signaling;

/// <summary><c>call:welcome</c>: the first message of every connection.</summary>
public sealed record WelcomeMessage : SignalingMessage
{
    /// <summary>Who the server takes this client to be.</summary>
    public string UserId { get; init => field = value ?? ""; } = "";

    /// <summary>The device of this connection.</summary>
    public string DeviceId { get; init => field = value ?? ""; } = "";

    /// <summary>The protocol's version, 1.</summary>
    public int Protocol { get; init => field = value == 0 ? 1 : value; } = 1;

    /// <summary>The STUN and TURN servers to use.</summary>
    public IReadOnlyList<IceServer> IceServers { get; init => field = value ?? []; } = [];

    /// <summary>How long a call rings, in seconds.</summary>
    public double RingTimeout { get; init; }

    /// <summary>How long what this message says is good, in seconds: when the connection closes because its token expires, or when the first of
    /// <see cref="IceServers"/>' credentials does. A client that connects again before then (it replaces its own older connection) with a fresh token
    /// loses nothing. Null: for as long as the connection lives.</summary>
    public double? ExpiresIn { get; init; }

    /// <summary>The server's view of this device's calls: the last <c>seq</c> that it has from this device.</summary>
    public IReadOnlyList<CallProgress> Calls { get; init => field = value ?? []; } = [];
}

/// <summary><c>call:resume</c>: after a reconnect, the last <c>seq</c> that this client has of each call.</summary>
public sealed record ResumeMessage : SignalingMessage
{
    /// <summary>One entry a call; a call that is not listed is unknown to this client.</summary>
    public IReadOnlyList<CallProgress> Calls { get; init => field = value ?? []; } = [];
}

/// <summary>How far one side has read one call's stream.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Received">The last <c>seq</c> that was received; 0 for none.</param>
public sealed record CallProgress(CallId CallId, int Received);

/// <summary><c>call:ping</c>: asks for a sign of life. An extension of version 1; a server that does not know it answers <c>bad-message</c>.</summary>
public sealed record PingMessage : SignalingMessage;

/// <summary><c>call:pong</c>: the answer to <see cref="PingMessage"/>.</summary>
public sealed record PongMessage : SignalingMessage;
