using System.Threading.Channels;
using Calls.Machine;
using Calls.Media;
using Calls.Signaling;
using Calls.Verification;
using Microsoft.Extensions.Logging;

namespace Calls;

/// <summary>
/// The mailbox and its one reader: commands, messages, media reports and timers go through it one at a time, so nothing above it takes a lock.
/// It steps the machine and carries out the effects; it decides nothing.
/// </summary>
internal sealed partial class CallLoop : IAsyncDisposable
{
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromSeconds(1);

    /// <remarks>In the browser, which has one thread, a way through the thread pool is a timer that waits behind whatever is drawn: there the loop goes on
    /// at once.</remarks>
    private readonly Channel<object> _mailbox = Channel.CreateUnbounded<object>(
        new() { SingleReader = true, AllowSynchronousContinuations = OperatingSystem.IsBrowser() });

    private readonly ISignalingChannel _channel;
    private readonly IMediaSource _source;
    private readonly CallOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CallMachine _machine;
    private readonly CallTimers _timers;
    private readonly CallWaiters _waiters = new();
    private readonly CallCourse _course;
    private readonly CallStreams _streams = new();
    private readonly CodeExchanges _codes = new();
    private readonly IDisposable _messageSubscription;
    private readonly IDisposable _statusSubscription;
    private readonly CancellationTokenSource _disposing = new();
    private readonly Lock _disposeGate = new();
    private Task? _disposed;

    private MachineState _state = MachineState.Initial;
    private CallMedia? _media;
    private IRemoteStream? _remote;
    private RevealMessage? _reveal;
    private DateTimeOffset? _connectedAt;
    private IReadOnlyList<IceServer> _servers = [];
    private bool _isReady;
    private bool _isDisposed;
    private Task _lastSend = Task.CompletedTask;
    private Task _lastRelease = Task.CompletedTask;
    private volatile CallSnapshot _current = CallSnapshot.Idle;

    public CallLoop(ISignalingChannel channel, IMediaSource source, CallOptions options, TimeProvider time, ILogger logger)
    {
        _channel = channel;
        _source = source;
        _options = options;
        _time = time;
        _logger = logger;
        _machine = new CallMachine(MachineSettings.From(options, source.Capabilities));
        _timers = new CallTimers(time, Post);
        _course = new CallCourse(time);
        Snapshots = new(logger, CallSnapshot.Idle);
        RemoteStreams = new(logger);
        Ends = new(logger);
        Errors = new(logger);
        MissedCalls = new(logger);
        SignalingStatus = new(logger, new ChannelStatus(ChannelState.Disconnected));
        _ = ReadAsync();
        _messageSubscription = channel.Messages.Subscribe(Post);
        _statusSubscription = channel.Status.Subscribe(status => Post(new StatusMail(status)));
    }

    public CallSnapshot Current => _current;

    public Broadcast<CallSnapshot> Snapshots { get; }

    public Broadcast<IRemoteStream> RemoteStreams { get; }

    public Broadcast<CallEnd> Ends { get; }

    public Broadcast<CallError> Errors { get; }

    public Broadcast<MissedCall> MissedCalls { get; }

    public Broadcast<ChannelStatus> SignalingStatus { get; }

    /// <summary>Puts one thing into the mailbox; after the disposal nothing is taken any more.</summary>
    public void Post(object mail)
    {
        if (!_mailbox.Writer.TryWrite(mail))
            Refuse(mail);
    }

    private static void Refuse(object mail)
        => (mail as CommandMail ?? (mail as PushedOfferMail)?.Accept)?.Completion.TrySetException(new ObjectDisposedException(nameof(CallManager)));

    public async void ConnectInBackground()
    {
        try
        {
            await _channel.ConnectAsync(_disposing.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Nobody waits for this task: a channel that cannot connect is told as trouble.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (_disposing.IsCancellationRequested)
                return;
            ManagerLog.ConnectFailed(_logger, exception);
            Errors.Publish(new(null, CallErrorKind.Signaling, "The signaling channel could not connect.", exception));
        }
    }

    private async Task ReadAsync()
    {
        while (await _mailbox.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_mailbox.Reader.TryRead(out var mail))
            {
                try
                {
                    Take(mail);
                }
#pragma warning disable CA1031 // One broken input must not stop the loop.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    ManagerLog.InputFailed(_logger, exception);
                }
            }
        }
    }

    private void Take(object mail)
    {
        switch (mail)
        {
            case CommandMail or PushedOfferMail when _isDisposed:
                Refuse(mail);
                break;
            case not null when _isDisposed:
                break;
            case CallMessage message:
                TakeMessage(message);
                break;
            case CallInput input:
                Step(input);
                break;
            case TimerMail timer:
                if (_timers.Take(timer))
                    Step(new TimerFired(timer.Id, timer.Timer));
                break;
            case CommandMail command:
                TakeCommand(command);
                break;
            case PushedOfferMail pushed:
                TakePushedOffer(pushed);
                break;
            case WelcomeMessage welcome:
                TakeWelcome(welcome);
                break;
            case ErrorMessage error:
                TakeError(error);
                break;
            case StatusMail status:
                TakeStatus(status.Status);
                break;
            case RemoteStreamMail remote:
                TakeRemoteStream(remote);
                break;
            case DisposeMail dispose:
                TakeDispose(dispose);
                break;
        }
    }

    private void TakeCommand(CommandMail command)
    {
        if (command.Completion.Task.IsCompleted)
            return;
        var step = Step(command.Command);
        if (step.Refusal is { } refusal)
        {
            command.Completion.TrySetException(refusal.ToException());
        }
        else if (step.Kind == StepKind.Ignored || _state.Call is not { End: null } call)
        {
            command.Completion.TrySetResult(_state.Call?.Id ?? default);
        }
        else
        {
            _waiters.Add(command with { For = call.Id });
            _waiters.Look(_state);
        }
    }

    private void TakePushedOffer(PushedOfferMail pushed)
    {
        if (!_state.IsActive)
            TakeNew(pushed.Offer);
        if (_state.Call?.Id == pushed.Offer.CallId)
            TakeCommand(pushed.Accept);
        else
            pushed.Accept.Completion.TrySetException(_state.IsActive
                ? new InvalidOperationException($"Another call is {_state.State}.")
                : new CallException("The call is over already."));
    }

    private CallStep Step(CallInput input)
    {
        var before = _state;
        var step = _machine.Step(before, input);
        if (step.Kind == StepKind.Ignored)
        {
            if (_logger.IsEnabled(LogLevel.Debug))
                ManagerLog.Ignored(_logger, CallMachine.Classify(before, input), before.State);
            return step;
        }

        _state = step.State;
        if (before.Call?.Id != _state.Call?.Id)
            CallChanged(before.Call, _state.Call);
        if (before.State != _state.State)
            Entered(_state.State);
        _course.Moved(before, _state, input);
        for (var i = 0; i < step.EffectCount; i++)
            Carry(step[i]);
        PublishSnapshot();
        for (var i = 0; i < step.EffectCount; i++)
            Publish(step[i]);
        Reveal();
        if (_waiters.Count > 0)
            _waiters.Look(_state);
        if (step.EffectCount > 0 && step[step.EffectCount - 1] is { Kind: CallEffectKind.Again, Subject: CallInput again })
            Step(again);
        return step;
    }

    /// <summary>Another call is current: a new one, or, where glare was lost, the other side's in place of ours with the same devices.</summary>
    private void CallChanged(CallData? before, CallData? now)
    {
        _connectedAt = null;
        _reveal = null;
        if (before is null || now?.DevicesId != before.DevicesId)
            return;
        Forget(before.Id);
        _waiters.Rename(before.Id, now.Id);
    }

    private void Entered(CallState state)
    {
        if (state == CallState.Connected)
            _connectedAt ??= _time.GetUtcNow();
        ManagerLog.StateChanged(_logger, state);
    }

    private void ForgetMedia()
    {
        if (_media is not null)
        {
            _media.Release();
            _lastRelease = _media.Released;
        }

        _media = null;
        _remote = null;
    }

    private void PublishSnapshot()
    {
        var code = _state.Call is { } call ? _codes.CodeOf(call.Id) : null;
        var snapshot = SnapshotProjection.From(_state, _connectedAt, code, _media?.Local, _remote);
        if (snapshot == _current)
            return;
        _current = snapshot;
        Snapshots.Publish(snapshot);
    }
}
