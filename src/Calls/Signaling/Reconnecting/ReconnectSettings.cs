namespace Calls.Signaling;

/// <summary>How a <see cref="ReconnectingChannel"/> connects again.</summary>
public sealed class ReconnectSettings
{
    /// <summary>How long one attempt may take. Above zero; default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection must have lived for the next reconnect to start afresh, without the waits of earlier failures. Zero or more;
    /// default 10 s.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait before each attempt. Default: null, a <see cref="JitteredBackoff"/> of its own.</summary>
    public IReconnectPolicy? Policy { get; init; }

    /// <summary>Whether a connection is made anew before what its welcome said expires (<see cref="WelcomeMessage.ExpiresIn"/>), beside the old one, which it
    /// then replaces: with a fresh token, and without a moment in between. Default: yes.</summary>
    public bool Renews { get; init; } = true;
}
