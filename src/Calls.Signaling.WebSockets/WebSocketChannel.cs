using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calls.Signaling.WebSockets;

/// <summary>
/// Carries the protocol over a WebSocket (RFC 6455): one JSON object a text frame. Connects again by itself, finds half-open connections, and works on .NET
/// and in Blazor WebAssembly. Every member may be used from any thread.
/// </summary>
/// <remarks>
/// <para><b>Refused.</b> A handshake that ends in 401 or 403 closes the channel with a <see cref="SignalingException"/> whose
/// <see cref="SignalingException.IsRefused"/> is set; so does <c>call:error superseded</c> (this device connected elsewhere; the two would take the
/// connection from one another for ever). A new <see cref="ISignalingChannel.ConnectAsync"/> may try again. Every other failure and every other close passes, and is tried
/// again as <see cref="WebSocketChannelOptions.ReconnectPolicy"/> says. A browser hides the status of a refused handshake from its pages: there a
/// refusal looks like a server that cannot be reached, and is tried again.</para>
/// <para><b>Half-open.</b> On .NET a ping goes out after <see cref="WebSocketChannelOptions.PingInterval"/> without a word from the server, and the
/// connection is lost when nothing came back within <see cref="WebSocketChannelOptions.PongTimeout"/> (RFC 6455, section 5.5.2). A browser lets its pages
/// neither send a ping nor see one, and tells of a dead connection only when the system gives it up, which takes minutes. There the channel sends, at the
/// same times, the text <c>{"type":"call:ping"}</c>: our server answers <c>{"type":"call:pong"}</c>, and one of version 1 that does not know the type must
/// answer <c>call:error bad-message</c> and keep the connection. Observers see neither. Silence counts as a loss
/// only when this server has answered such a question before. And everywhere the server's first message must come within
/// <see cref="WebSocketChannelOptions.ConnectTimeout"/>.</para>
/// <para><b>Sending</b> keeps the order of the calls. A cancel takes a message out of the queue; a message whose writing has begun is written to its end.
/// It faults with <see cref="SignalingException"/> also where <see cref="WebSocketChannelOptions.SendQueueLimit"/> messages wait already, or the message
/// is larger than <see cref="WebSocketChannelOptions.MaxMessageSize"/>. Disposing gives the farewell 1 s at most.</para>
/// </remarks>
public sealed class WebSocketChannel : ReconnectingChannel
{
    private readonly WebSocketChannelOptions _options;
    private readonly Dialer _dialer;
    private readonly Probe? _probe;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    /// <summary>A channel that is not connected yet.</summary>
    /// <param name="options">Where and how to connect.</param>
    /// <param name="timeProvider">Default: the system's. The pings of .NET's own socket keep to the system's in any case.</param>
    /// <param name="loggerFactory">Default: no logging.</param>
    /// <exception cref="ArgumentException">An option is missing or outside its range; the message names every one.</exception>
    public WebSocketChannel(WebSocketChannelOptions options, TimeProvider? timeProvider = null, ILoggerFactory? loggerFactory = null)
        : this(options, timeProvider, loggerFactory, OperatingSystem.IsBrowser())
    {
    }

    /// <param name="options">As above.</param>
    /// <param name="timeProvider">As above.</param>
    /// <param name="loggerFactory">As above.</param>
    /// <param name="asBrowser">Whether to keep to what a browser can do: token in the query, probes.</param>
    internal WebSocketChannel(WebSocketChannelOptions options, TimeProvider? timeProvider, ILoggerFactory? loggerFactory, bool asBrowser)
        : this(Checked(options), timeProvider ?? TimeProvider.System, (ILogger?)loggerFactory?.CreateLogger<WebSocketChannel>() ?? NullLogger.Instance, asBrowser)
    {
    }

    private WebSocketChannel(WebSocketChannelOptions own, TimeProvider time, ILogger log, bool asBrowser)
        : base(new ReconnectSettings { ConnectTimeout = own.ConnectTimeout, StableAfter = own.StableAfter, Policy = own.ReconnectPolicy }, time, log)
    {
        DeviceId = own.DeviceId ?? Guid.NewGuid().ToString("N");
        (_options, _time, _log) = (own, time, log);
        _dialer = new Dialer(own, DeviceId, asBrowser);
        _probe = asBrowser ? new Probe() : null;
    }

    /// <summary>The device that this channel connects as.</summary>
    public string DeviceId { get; }

    /// <inheritdoc/>
    protected override async Task<IChannelConnection> DialAsync(CancellationToken cancellationToken)
    {
        var connection = new Connection(await _dialer.DialAsync(cancellationToken).ConfigureAwait(false), _options, _probe, _time, _log);
        connection.StartWriting();
        return connection;
    }

    private static WebSocketChannelOptions Checked(WebSocketChannelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var own = options.Copy();
        var problems = WebSocketChannelOptionsValidator.Problems(own);
        return problems.Count == 0 ? own : throw new ArgumentException(string.Join(' ', problems), nameof(options));
    }
}
