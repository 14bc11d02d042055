using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR.Client;

namespace Calls.Signaling.SignalR;

/// <summary>How a <see cref="SignalRChannel"/> connects. A channel takes a copy: a later change touches no channel that exists. On a connection that the app
/// already has, only <see cref="ConnectTimeout"/>, <see cref="StableAfter"/>, <see cref="MaxMessageSize"/> and <see cref="ReconnectPolicy"/> count.</summary>
public sealed class SignalRChannelOptions
{
    /// <summary>The hub's address: an absolute <c>http</c> or <c>https</c> address without user name, fragment, <c>device</c> or <c>access_token</c>.
    /// Required.</summary>
    public Uri? Url { get; set; }

    /// <summary>The device, as the server tells the devices of a user apart: 1–64 characters of <c>A-Za-z0-9_-</c>. Default: null, a fresh random one
    /// for each channel. One that is kept over a reload lets the server continue the device's calls.</summary>
    public string? DeviceId { get; set; }

    /// <summary>Gives the token of a connection, or null for none; asked anew for every connection. SignalR sends it as <c>Authorization: Bearer</c>, or
    /// in the query where a browser lets no header through. Default: none.</summary>
    /// <remarks>When it throws, that attempt has failed and the next one asks again; a <see cref="SignalingException"/> whose
    /// <see cref="SignalingException.IsRefused"/> is set says that there will be no token, and ends the trying.</remarks>
    public Func<CancellationToken, ValueTask<string?>>? AccessTokenProvider { get; set; }

    /// <summary>Sets what else a connection needs (cookies, a proxy, transports), after the channel's own settings, once a connection. Default: none.</summary>
    public Action<HttpConnectionOptions>? ConfigureHttp { get; set; }

    /// <summary>Adds what else the hub connection needs, as <c>AddMessagePackProtocol()</c>, once a connection. Do not add SignalR's own automatic
    /// reconnect: the channel does that itself. Default: none, JSON.</summary>
    public Action<IHubConnectionBuilder>? ConfigureHub { get; set; }

    /// <summary>Whether to ask for SignalR's stateful reconnect, which bridges a short loss without anybody noticing. The server must allow it too.
    /// Default: no; the calls' own resume covers the same losses.</summary>
    public bool StatefulReconnect { get; set; }

    /// <summary>How long one attempt may take, the server's first message included. 0.1 s – 5 min; default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the server is given a sign of life. 0.1 s – 1 min; default 5 s.</summary>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the server may be silent before the connection counts as lost. Our server gives a sign of life every 5 s. 0.1 s – 5 min; default
    /// 10 s, so that a half-open connection is found within 13 s, timer granularity included.</summary>
    public TimeSpan ServerTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection must have lived for the next reconnect to start afresh, without the waits of earlier failures. 0 s – 1 h;
    /// default 10 s.</summary>
    public TimeSpan StableAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest message either way, in bytes. A larger one that arrives ends the connection, which is then made again; a larger one is not
    /// sent. 1 KiB – 16 MiB; default 64 KiB, the protocol's limit.</summary>
    public int MaxMessageSize { get; set; } = 64 * 1024;

    /// <summary>How long to wait before each attempt. Default: null, a <see cref="JitteredBackoff"/> for each channel.</summary>
    public IReconnectPolicy? ReconnectPolicy { get; set; }

    internal SignalRChannelOptions Copy() => (SignalRChannelOptions)MemberwiseClone();
}
