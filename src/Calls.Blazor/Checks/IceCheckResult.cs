namespace Calls.Blazor;

/// <summary>What became of one address of a STUN or TURN server in this browser.</summary>
public sealed record IceCheckResult
{
    /// <summary>The address, as it was configured; empty: what the browser has without a server.</summary>
    public required string Url { get; init; }

    /// <summary>What is wrong.</summary>
    public IceCheckProblem Problem { get; init; }

    /// <summary>The server's name or address; empty where <see cref="Url"/> has none.</summary>
    public string Host { get; init; } = "";

    /// <summary>The server's port, 1 to 65535; 0 where there is none.</summary>
    public int Port { get; init; }

    /// <summary><c>UDP</c>, <c>TCP</c> or <c>TLS</c>; empty where <see cref="Url"/> says none.</summary>
    public string Transport { get; init; } = "";

    /// <summary>The user's name; null: none was given.</summary>
    public string? Username { get; init; }

    /// <summary>The number of the error (RFC 8489, section 14.8; 701: not reached); 0: there was none.</summary>
    public int Code { get; init; }

    /// <summary>What the browser or the server said of the error, in its own words; empty: nothing.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How long a word took through the relay to another one and back; null: none came back, or none was sent.</summary>
    public TimeSpan? RoundTripTime { get; init; }
}
