using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calls.Signaling.SignalR;

/// <summary>
/// Carries the protocol over SignalR: the JSON object is the only argument of the hub's method <c>Send</c> and of the client's method <c>Receive</c>; on
/// a binary hub protocol as MessagePack, the same JSON as UTF-8 bytes. Every member may be used from any thread.
/// </summary>
/// <remarks>
/// <para><b>A connection of its own</b> is made from <see cref="SignalRChannelOptions"/>, and made again by the channel itself.</para>
/// <para><b>A connection of the app</b> is never started, stopped or disposed of. While it is up the channel takes part in it: it invokes <c>Join</c> on the
/// hub, and <c>Leave</c> when it is disposed of. While it is down the channel waits for the app, or for SignalR's automatic reconnect, to bring it
/// back. Its address must name the device (<c>?device=</c>).</para>
/// <para><b>Refused.</b> A 401 or 403, from the server or from <c>Join</c>, closes the channel with a <see cref="SignalingException"/> whose
/// <see cref="SignalingException.IsRefused"/> is set; so does <c>call:error superseded</c>. A new <see cref="ISignalingChannel.ConnectAsync"/> may try
/// again. Every other failure and every other close passes, and is tried again as <see cref="SignalRChannelOptions.ReconnectPolicy"/> says.</para>
/// <para><b>Half-open.</b> SignalR's own signs of life go both ways; the server's silence for <see cref="SignalRChannelOptions.ServerTimeout"/> is a
/// loss. They keep to the system's clock.</para>
/// <para><b>Sending</b> keeps the order of the calls. It faults with <see cref="SignalingException"/> also where the message is larger than
/// <see cref="SignalRChannelOptions.MaxMessageSize"/>.</para>
/// </remarks>
public sealed class SignalRChannel : ReconnectingChannel
{
    private readonly Func<CancellationToken, Task<IChannelConnection>> _dial;

    /// <summary>A channel with a connection of its own, not connected yet.</summary>
    /// <param name="options">Where and how to connect.</param>
    /// <param name="timeProvider">Default: the system's.</param>
    /// <param name="loggerFactory">Default: no logging.</param>
    /// <exception cref="ArgumentException">An option is missing or outside its range; the message names every one.</exception>
    public SignalRChannel(SignalRChannelOptions options, TimeProvider? timeProvider = null, ILoggerFactory? loggerFactory = null)
        : this(Checked(options, ownsConnection: true), hub: null, timeProvider ?? TimeProvider.System, LogOf(loggerFactory))
    {
    }

    /// <summary>A channel on a connection that the app has.</summary>
    /// <param name="connection">The connection; up, or not yet.</param>
    /// <param name="options">Default: all defaults.</param>
    /// <param name="timeProvider">Default: the system's.</param>
    /// <param name="loggerFactory">Default: no logging.</param>
    /// <exception cref="ArgumentException">An option is outside its range; the message names every one.</exception>
    public SignalRChannel(
        HubConnection connection, SignalRChannelOptions? options = null, TimeProvider? timeProvider = null, ILoggerFactory? loggerFactory = null)
        : this(Checked(options ?? new(), ownsConnection: false), connection ?? throw new ArgumentNullException(nameof(connection)),
            timeProvider ?? TimeProvider.System, LogOf(loggerFactory))
    {
    }

    private SignalRChannel(SignalRChannelOptions own, HubConnection? hub, TimeProvider time, ILogger log)
        : base(new ReconnectSettings { ConnectTimeout = own.ConnectTimeout, StableAfter = own.StableAfter, Policy = own.ReconnectPolicy, Renews = hub is null }, time, log)
    {
        if (hub is null)
        {
            DeviceId = own.DeviceId ?? Guid.NewGuid().ToString("N");
            _dial = new OwnHub(own, new HubFactory(own, DeviceId), log).DialAsync;
        }
        else
        {
            _dial = new HostsHub(hub, own, time, log).DialAsync;
        }
    }

    /// <summary>The device that this channel connects as; null on a connection of the app, whose address names it.</summary>
    public string? DeviceId { get; }

    /// <inheritdoc/>
    protected override Task<IChannelConnection> DialAsync(CancellationToken cancellationToken) => _dial(cancellationToken);

    private static ILogger LogOf(ILoggerFactory? loggers) => (ILogger?)loggers?.CreateLogger<SignalRChannel>() ?? NullLogger.Instance;

    private static SignalRChannelOptions Checked(SignalRChannelOptions options, bool ownsConnection)
    {
        ArgumentNullException.ThrowIfNull(options);
        var own = options.Copy();
        var problems = SignalRChannelOptionsValidator.Problems(own, ownsConnection);
        return problems.Count == 0 ? own : throw new ArgumentException(string.Join(' ', problems), nameof(options));
    }
}
