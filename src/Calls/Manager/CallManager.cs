using System.Reactive.Linq;
using Calls.Machine;
using Calls.Media;
using Calls.Signaling;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calls;

/// <inheritdoc cref="ICallManager"/>
public sealed class CallManager : ICallManager
{
    private const int MaxChatIdLength = 256;

    private readonly CallLoop _loop;
    private readonly ISignalingChannel _channel;
    private readonly IMediaSource _media;

    /// <summary>Makes a manager without dependency injection.</summary>
    /// <param name="channel">Who carries the messages. The manager disposes it with itself.</param>
    /// <param name="media">Which engine carries the media.</param>
    /// <param name="options">How calls behave; null: the defaults.</param>
    /// <param name="timeProvider">The clock; null: the system's.</param>
    /// <param name="loggerFactory">Where to log; null: nowhere.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is out of its range.</exception>
    public CallManager(
        ISignalingChannel channel,
        IMediaSource media,
        CallOptions? options = null,
        TimeProvider? timeProvider = null,
        ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(media);
        options ??= new();
        CallOptionsValidator.ThrowIfInvalid(options);
        ILogger logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<CallManager>();
        _channel = channel;
        _media = media;
        _loop = new CallLoop(channel, media, options, timeProvider ?? TimeProvider.System, logger);
        States = Snapshots.Select(snapshot => snapshot.State).DistinctUntilChanged();
        if (options.AutoConnect)
            _loop.ConnectInBackground();
    }

    /// <inheritdoc/>
    public CallSnapshot Current => _loop.Current;

    /// <inheritdoc/>
    public IObservable<CallSnapshot> Snapshots => _loop.Snapshots;

    /// <inheritdoc/>
    public IObservable<CallState> States { get; }

    /// <inheritdoc/>
    public IObservable<IRemoteStream> RemoteStreams => _loop.RemoteStreams;

    /// <inheritdoc/>
    public IObservable<CallEnd> Ends => _loop.Ends;

    /// <inheritdoc/>
    public IObservable<CallError> Errors => _loop.Errors;

    /// <inheritdoc/>
    public IObservable<MissedCall> MissedCalls => _loop.MissedCalls;

    /// <inheritdoc/>
    public IObservable<ChannelStatus> SignalingStatus => _loop.SignalingStatus;

    /// <inheritdoc/>
    public IMediaDevices? Devices => _media.Devices;

    /// <inheritdoc/>
    public Task ConnectAsync(CancellationToken cancellationToken = default) => _channel.ConnectAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<CallId> StartOutgoingAsync(string chatId, bool video, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(chatId);
        if (chatId.Length > MaxChatIdLength)
            throw new ArgumentException($"A chat id has at most {MaxChatIdLength} characters.", nameof(chatId));
        cancellationToken.ThrowIfCancellationRequested();
        var id = CallId.New();
        return await RunAsync(new StartCommand(id, chatId, video), id, IsDelivered, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task AcceptIncomingAsync(bool video, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var shown = Current.CallId ?? default;
        return RunAsync(new AcceptCommand(video, shown), shown, IsDelivered, cancellationToken);
    }

    /// <inheritdoc/>
    public Task AcceptIncomingAsync(IncomingOffer offer, bool video, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(offer);
        cancellationToken.ThrowIfCancellationRequested();
        var message = new OfferMessage { CallId = offer.CallId, ChatId = offer.ChatId, Sdp = offer.Sdp, Video = offer.Video, From = offer.From, Commitment = offer.Commitment };
        return RunAsync(new AcceptCommand(video, offer.CallId), offer.CallId, IsDelivered, cancellationToken, message);
    }

    /// <inheritdoc/>
    public Task RejectAsync(CancellationToken cancellationToken = default)
        => RunAsync(new RejectCommand(), default, IsTaken, cancellationToken);

    /// <inheritdoc/>
    public Task EndAsync(CancellationToken cancellationToken = default)
        => RunAsync(new EndCommand(), default, IsTaken, cancellationToken);

    /// <inheritdoc/>
    public Task ToggleMuteAsync(CancellationToken cancellationToken = default)
        => RunAsync(new ToggleMuteCommand(), default, IsSettled, cancellationToken);

    /// <inheritdoc/>
    public Task ToggleVideoAsync(CancellationToken cancellationToken = default)
        => RunAsync(new ToggleVideoCommand(), default, IsSettled, cancellationToken);

    /// <inheritdoc/>
    public Task ToggleScreenShareAsync(CancellationToken cancellationToken = default)
        => RunAsync(new ToggleScreenShareCommand(), default, IsSettled, cancellationToken);

    /// <inheritdoc/>
    public Task ToggleHoldAsync(CancellationToken cancellationToken = default)
        => RunAsync(new ToggleHoldCommand(), default, IsSettled, cancellationToken);

    /// <summary>Ends the call, closes its media, completes every observable, and disposes the channel.</summary>
    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private static bool IsTaken(MachineState state) => true;

    private static bool IsDelivered(MachineState state) => state.Call!.DescriptionDelivered;

    private static bool IsSettled(MachineState state)
        => state.Call!.Media != MediaStage.Open || state.Call.Devices.IsSettled;

    private async Task<CallId> RunAsync(
        CallInput command, CallId id, Func<MachineState, bool> done, CancellationToken cancellationToken, OfferMessage? pushed = null)
    {
        var completion = new TaskCompletionSource<CallId>(TaskCreationOptions.RunContinuationsAsynchronously);
        var mail = new CommandMail(command, id, done, completion);
        _loop.Post(pushed is null ? mail : new PushedOfferMail(pushed, mail));
        var endsCall = command is StartCommand or AcceptCommand;
        using var cancelled = cancellationToken.Register(() =>
        {
            if (endsCall && completion.TrySetCanceled(cancellationToken))
                _loop.Post(new EndCommand(id));
            else
                completion.TrySetCanceled(cancellationToken);
        });
        return await completion.Task.ConfigureAwait(false);
    }
}
