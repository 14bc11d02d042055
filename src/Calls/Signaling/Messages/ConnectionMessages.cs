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
