namespace Calls.Signaling.SignalR.Tests;

/// <summary>The ways to carry calls over SignalR.</summary>
public enum HubKind
{
    /// <summary>A connection of the channel's own, JSON.</summary>
    Json,

    /// <summary>A connection of the channel's own, MessagePack.</summary>
    MessagePack,

    /// <summary>A connection of the channel's own, with stateful reconnect.</summary>
    Stateful,

    /// <summary>The app's connection to the app's own hub, JSON.</summary>
    HostsJson,

    /// <summary>The app's connection to the app's own hub, MessagePack.</summary>
    HostsMessagePack,
}

internal static class HubKinds
{
    public static bool IsHosts(this HubKind kind) => kind is HubKind.HostsJson or HubKind.HostsMessagePack;

    public static bool IsBinary(this HubKind kind) => kind is HubKind.MessagePack or HubKind.HostsMessagePack;
}
