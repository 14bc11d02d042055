namespace Calls.Signaling;

/// <summary>The state of a channel's connection.</summary>
public enum ChannelState
{
    /// <summary>Not connected, and not trying.</summary>
    Disconnected,

    /// <summary>The first connection is being made.</summary>
    Connecting,

    /// <summary>Connected.</summary>
    Connected,

    /// <summary>The connection was lost and is being made again.</summary>
    Reconnecting,

    /// <summary>Given up for good: the server refused this client, or the channel was disposed.</summary>
    Closed,
}

/// <summary>What a channel says of its connection.</summary>
/// <param name="State">The state.</param>
/// <param name="Error">Why the last connection was lost or refused; null where there was none.</param>
public sealed record ChannelStatus(ChannelState State, Exception? Error = null);
