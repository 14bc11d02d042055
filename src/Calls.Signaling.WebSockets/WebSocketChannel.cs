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
/// connection from one another for ever). A new <see cref="ConnectAsync"/> may try again. Every other failure and every other close passes, and is tried
/// again as <see cref="WebSocketChannelOptions.ReconnectPolicy"/> says. A browser hides the status of a refused handshake from its pages: there a
/// refusal looks like a server that cannot be reached, and is tried again.</para>
/// <para><b>Half-open.</b> On .NET a ping goes out after <see cref="WebSocketChannelOptions.PingInterval"/> without a word from the server, and the
/// connection is lost when nothing came back within <see cref="WebSocketChannelOptions.PongTimeout"/> (RFC 6455, section 5.5.2). A browser lets its pages
/// neither send a ping nor see one, and tells of a dead connection only when the system gives it up, which takes minutes. There the channel sends, at the
/// same times, the text <c>{"type":"call:ping"}</c>: our server answers <c>{"type":"call:pong"}</c>, and one of version 1 that does not know the type must
/// answer <c>call:error bad-message</c> and keep the connection. Observers see neither. Silence counts as a loss
/// only when this server has answered such a question before. And everywhere the server's first message must come within
/// <see cref="WebSocketChannelOptions.ConnectTimeout"/>.</para>
/// <para><b>Observers</b> run on the channel's own loop, one at a time: a slow one delays what comes after it, and one that throws is logged and stays
/// subscribed. <see cref="DisposeAsync"/> called from inside an observer does not wait for that observer; it completes at once, and the rest follows.</para>
/// <para><b>Sending</b> keeps the order of the calls. A cancel takes a message out of the queue; a message whose writing has begun is written to its end.</para>
/// </remarks>
public sealed class WebSocketChannel : ISignalingChannel
{
    private readonly ChannelParts _parts;
    private readonly Lock _lock = new();
    private ConnectionLoop? _loop;
    private Task? _disposing;

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
    {
        ArgumentNullException.ThrowIfNull(options);
        var own = options.Copy();
        var problems = WebSocketChannelOptionsValidator.Problems(own);
        if (problems.Count > 0)
            throw new ArgumentException(string.Join(' ', problems), nameof(options));
        DeviceId = own.DeviceId ?? Guid.NewGuid().ToString("N");
        var log = (ILogger?)loggerFactory?.CreateLogger<WebSocketChannel>() ?? NullLogger.Instance;
        _parts = new ChannelParts(
            own, new Dialer(own, DeviceId, asBrowser), own.ReconnectPolicy ?? new JitteredBackoff(), asBrowser ? new Probe() : null,
            new Raiser(log), timeProvider ?? TimeProvider.System, log);
    }

    /// <summary>The device that this channel connects as.</summary>
    public string DeviceId { get; }

    /// <inheritdoc/>
    public IObservable<SignalingMessage> Messages => _parts.Raiser.Messages;

    /// <inheritdoc/>
    /// <remarks>While an attempt fails, the status tells why: it is raised once for each new reason, not once for each attempt.</remarks>
    public IObservable<ChannelStatus> Status => _parts.Raiser.Statuses;

    /// <inheritdoc/>
    public async Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        ConnectionLoop loop;
        Task up;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposing is not null, this);
            cancellationToken.ThrowIfCancellationRequested();
            if (_loop is null || !_loop.TryJoin(out up))
            {
                _loop = ConnectionLoop.Start(_parts, _loop);
                _loop.TryJoin(out up);
            }

            loop = _loop;
        }

        try
        {
            await up.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (loop.Leave())
                await loop.Completion.ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="SignalingException">There is no connection now, it broke, <see cref="WebSocketChannelOptions.SendQueueLimit"/> messages wait
    /// already, or the message is larger than <see cref="WebSocketChannelOptions.MaxMessageSize"/>.</exception>
    public async ValueTask SendAsync(SignalingMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposing) is not null, this);
        cancellationToken.ThrowIfCancellationRequested();
        var connection = Volatile.Read(ref _loop)?.Connection ?? throw new SignalingException("There is no signaling connection now.");
        var utf8 = SignalingJson.Serialize(message);
        if (utf8.Length > _parts.Options.MaxMessageSize)
            throw new SignalingException($"The message has {utf8.Length} bytes; at most {_parts.Options.MaxMessageSize} can be sent.");
        await connection.SendAsync(utf8, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says farewell to the server (1 s at most), closes the channel and completes both streams. May be called at any moment, more than once, and
    /// in parallel.</summary>
    public ValueTask DisposeAsync()
    {
        Task disposing;
        lock (_lock)
            disposing = _disposing ??= DisposeCoreAsync(_loop);
        return _parts.Raiser.IsRaisingHere ? ValueTask.CompletedTask : new ValueTask(disposing);
    }

    private async Task DisposeCoreAsync(ConnectionLoop? loop)
    {
        loop?.Stop(new ObjectDisposedException(nameof(WebSocketChannel)));
        // Off the caller's thread, who may be an observer: the last status comes after the one he is looking at.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (loop is not null)
            await loop.Completion.ConfigureAwait(false);
        _parts.Raiser.Complete();
    }
}
