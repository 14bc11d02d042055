using System.Net.WebSockets;

namespace Calls.Signaling.WebSockets;

/// <summary>How a <see cref="WebSocketChannel"/> connects. A channel takes a copy: a later change touches no channel that exists.</summary>
public sealed class WebSocketChannelOptions
{
    /// <summary>The server's end point: an absolute <c>ws</c>, <c>wss</c>, <c>http</c> or <c>https</c> address without user name, fragment,
    /// <c>device</c> or <c>access_token</c>. Required.</summary>
    public Uri? Url { get; set; }

    /// <summary>The device, as the server tells the devices of a user apart: 1–64 characters of <c>A-Za-z0-9_-</c>. Default: null, a fresh random one
    /// for each channel. One that is kept over a reload lets the server continue the device's calls.</summary>
    public string? DeviceId { get; set; }

    /// <summary>Gives the token of a connection, or null for none; asked anew for every connection. Default: none.</summary>
    /// <remarks>
    /// <para>Sent as <c>Authorization: Bearer</c> (RFC 6750, section 2.1); in a browser, where a WebSocket can carry no header, as the query parameter
    /// <c>access_token</c> (RFC 6750, section 2.3).</para>
    /// <para>When it throws, that attempt has failed and the next one asks again; a <see cref="SignalingException"/> whose
    /// <see cref="SignalingException.IsRefused"/> is set says that there will be no token, and ends the trying.</para>
    /// </remarks>
    public Func<CancellationToken, ValueTask<string?>>? AccessTokenProvider { get; set; }

    /// <summary>Sets what else a connection needs (cookies, a proxy, certificates), after the channel's own settings, once a connection. Not called in a
    /// browser, which sends its own cookies and allows no settings. Default: none.</summary>
    public Action<ClientWebSocketOptions>? ConfigureSocket { get; set; }

    /// <summary>How long one attempt may take, and then again how long the server may take to say its first message. 0.1 s – 5 min; default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may be silent before it is asked for a sign of life. 0.1 s – 1 min; default 5 s.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the sign of life may take before the connection counts as lost. 0.1 s – 1 min; default 5 s, so that a half-open connection is
    /// found within 13 s of its last sign of life, timer granularity included.</summary>
    public TimeSpan PongTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a connection must have lived for the next reconnect to start afresh, without the waits of earlier failures. 0 s – 1 h;
    /// default 10 s.</summary>
    public TimeSpan StableAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest message either way, in bytes. A larger one that arrives ends the connection, which is then made again; a larger one is not
    /// sent. 1 KiB – 16 MiB; default 64 KiB, the protocol's limit.</summary>
    public int MaxMessageSize { get; set; } = 64 * 1024;

    /// <summary>How many messages may wait to be written; one more is refused. 1 – 65,536; default 256.</summary>
    public int SendQueueLimit { get; set; } = 256;

    /// <summary>How long to wait before each attempt. Default: null, a <see cref="JitteredBackoff"/> for each channel.</summary>
    public IReconnectPolicy? ReconnectPolicy { get; set; }

    internal WebSocketChannelOptions Copy() => (WebSocketChannelOptions)MemberwiseClone();
}
