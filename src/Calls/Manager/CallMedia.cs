using Calls.Machine;
using Calls.Media;
using Calls.Signaling;
using Microsoft.Extensions.Logging;

namespace Calls;

/// <summary>
/// The devices and the peer connection of one call. Works off the machine's orders one at a time, in order, and reports what came of them.
/// It owns what it opened: whatever an order brings after the release is closed at once.
/// </summary>
internal sealed class CallMedia(
    CallId devicesId,
    IMediaSource source,
    Func<MediaSessionOptions> options,
    Action<CallInput> report,
    Action<CallId, IRemoteStream> remote,
    ILogger logger)
    : IAsyncDisposable
{
    private readonly CancellationTokenSource _released = new();
    private IDisposable? _deviceEvents;
    private Task _last = Task.CompletedTask;
    private ILocalMedia? _local;
    private CallSession? _session;
    private SessionAhead? _ahead;
    private bool _muted;
    private bool _held;

    public ILocalMedia? Local => _released.IsCancellationRequested ? null : _local;

    /// <summary>Completes when everything is closed.</summary>
    public Task Released { get; private set; } = Task.CompletedTask;

    /// <summary>Opens the devices, and makes the connection in the meantime where the engine can: neither needs the other.</summary>
    public void Open(CallId call, DeviceWish wish, string? offer, IReadOnlyList<IceCandidate> candidates) => Enqueue(call, MediaOrder.Open, () =>
    {
        var opening = OpenAsync(wish);
        if (source.Capabilities.HasFlag(MediaCapabilities.PreConnect))
            _ahead = SessionAhead.Begin(call, source, options(), offer, candidates, _released.Token);
        return opening;
    });

    public void Do(CallId call, MediaTask task) => Enqueue(call, task.Order, () => task.Order switch
    {
        MediaOrder.Connect => ConnectAsync(call),
        MediaOrder.CreateOffer => OnSession(session => session.CreateOfferAsync(iceRestart: false, _released.Token)),
        MediaOrder.RestartIce => OnSession(session => session.CreateOfferAsync(iceRestart: true, _released.Token)),
        MediaOrder.AnswerOffer => OnSession(session => session.AnswerOfferAsync((string)task.Subject!, _released.Token)),
        MediaOrder.TakeAnswer => OnSession(session => session.Session.TakeAnswerAsync((string)task.Subject!, _released.Token)),
        MediaOrder.Rollback => OnSession(session => session.Session.RollbackAsync(_released.Token)),
        MediaOrder.SetDevices => SetDevicesAsync((DeviceWish)task.Subject!),
        _ => throw new ArgumentOutOfRangeException(nameof(task), task.Order, "No such order."),
    });

    public void AddCandidates(CallId call, IReadOnlyList<IceCandidate> candidates)
        => Enqueue(call, null, () => OnSession(session => session.Session.AddCandidatesAsync(candidates, _released.Token)));

    /// <summary>Beside the orders: they wait for the devices.</summary>
    public void AddAhead(CallId call, IReadOnlyList<IceCandidate> candidates)
    {
        if (_ahead is { } ahead && ahead.Call == call)
            ahead.Add(candidates, _released.Token);
    }

    /// <summary>Closes the peer connection and stops the devices now, without waiting for the order that runs.</summary>
    public void Release()
    {
        if (_released.IsCancellationRequested)
            return;
        _released.Cancel();
        Released = ReleaseAsync();
    }

    public ValueTask DisposeAsync()
    {
        Release();
        return new(Released);
    }

    private async Task ReleaseAsync()
    {
        // Beside the rest: a connection that is still being made keeps no device open.
        var ahead = CloseAheadAsync();
        await CloseAsync().ConfigureAwait(false);
        await _last.ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);
        await Task.WhenAll(ahead, CloseAheadAsync()).ConfigureAwait(false);
        _released.Dispose();
    }

    private async Task CloseAsync()
    {
        Interlocked.Exchange(ref _deviceEvents, null)?.Dispose();
        await CloseAsync(Interlocked.Exchange(ref _session, null)).ConfigureAwait(false);
        await CloseAsync(Interlocked.Exchange(ref _local, null)).ConfigureAwait(false);
    }

    private Task CloseAheadAsync() => CloseAsync(Interlocked.Exchange(ref _ahead, null));

    private async Task CloseAsync(IAsyncDisposable? opened)
    {
        try
        {
            if (opened is not null)
                await opened.DisposeAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // An engine that cannot close must not keep the rest open.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ManagerLog.ReleaseFailed(logger, exception);
        }
    }

    private void Enqueue(CallId call, MediaOrder? order, Func<Task> work)
    {
        if (!_released.IsCancellationRequested)
            _last = RunAsync(_last, call, order, work);
    }

    private async Task RunAsync(Task previous, CallId call, MediaOrder? order, Func<Task> work)
    {
        await previous.ConfigureAwait(false);
        if (_released.IsCancellationRequested)
            return;
        try
        {
            await work().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever an engine throws becomes a typed end of the call, or a typed trouble.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ManagerLog.OrderFailed(logger, order?.ToString() ?? nameof(AddCandidates), exception);
            if (order is { } failed && !_released.IsCancellationRequested)
                report(new MediaFailed(failed is MediaOrder.Open or MediaOrder.SetDevices ? devicesId : call, failed, exception));
        }
    }

    private async Task OpenAsync(DeviceWish wish)
    {
        var local = await source.OpenAsync(new MediaRequest(wish.Video == VideoSource.Camera, wish.Muted), _released.Token).ConfigureAwait(false);
        _local = local;
        if (_released.IsCancellationRequested)
            return;
        _muted = wish.Muted;
        _deviceEvents = local.Events.Subscribe(new Listener<LocalMediaEvent>(Report));
        report(new MediaOpened(devicesId, wish.Muted, local.Video, local.VideoFailure));
    }

    /// <summary>Makes the one peer connection; one that was made for a call that gave way to another is closed first.</summary>
    private async Task ConnectAsync(CallId call)
    {
        await CloseAsync(Interlocked.Exchange(ref _session, null)).ConfigureAwait(false);
        var session = await TakeAheadAsync(call).ConfigureAwait(false)
            ?? await source.ConnectAsync(options(), _released.Token).ConfigureAwait(false);
        _session = new CallSession(call, session, report, remote);
        if (!_released.IsCancellationRequested)
            await session.AttachAsync(_local!, _released.Token).ConfigureAwait(false);
    }

    /// <summary>The connection that was made while the devices opened; null where none was made, or for a call that gave way, whose own is closed.</summary>
    private async Task<IMediaSession?> TakeAheadAsync(CallId call)
    {
        var ahead = Interlocked.Exchange(ref _ahead, null);
        if (ahead?.Call == call)
            return await ahead.TakeAsync().ConfigureAwait(false);
        await CloseAsync(ahead).ConfigureAwait(false);
        return null;
    }

    /// <summary>An order that follows a failed one has no session to work on; the failure was reported already.</summary>
    private Task OnSession(Func<CallSession, Task> work) => _session is { } session ? work(session) : Task.CompletedTask;

    /// <summary>What the devices do not take is reported with what they really do; only a lost engine is a failure of the call.</summary>
    private async Task SetDevicesAsync(DeviceWish wish)
    {
        if (_local is not { } local)
            return;
        MediaException? failure = null;
        try
        {
            if (wish.Held && !_held)
                await HoldAsync(local, wish.Held).ConfigureAwait(false);
            if (wish.Muted != _muted)
                await local.SetMutedAsync(wish.Muted, _released.Token).ConfigureAwait(false);
            _muted = wish.Muted;
            if (wish.Video != local.Video)
                await local.SetVideoAsync(wish.Video, _released.Token).ConfigureAwait(false);
            if (!wish.Held && _held)
                await HoldAsync(local, wish.Held).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // An engine may throw anything; the call goes on with what the devices really do.
        catch (Exception exception) when (exception is not MediaException { Failure: MediaFailure.EngineLost })
#pragma warning restore CA1031
        {
            failure = exception as MediaException ?? new MediaException(MediaFailure.Other, "The devices could not be changed.", exception);
        }

        report(new DevicesSet(devicesId, wish, new(_muted, local.Video, _held), failure));
    }

    private async Task HoldAsync(ILocalMedia local, bool held)
    {
        await local.SetHoldAsync(held, _released.Token).ConfigureAwait(false);
        _held = held;
    }

    private void Report(LocalMediaEvent happened)
    {
        switch (happened)
        {
            case LocalVideoChanged changed:
                report(new LocalVideoReported(devicesId, changed.Video, changed.Cause));
                break;
            case MicrophoneLost lost:
                report(new DeviceLostReported(devicesId, CallErrorKind.Microphone, lost.Cause));
                break;
            case SpeakerLost lost:
                report(new DeviceLostReported(devicesId, CallErrorKind.Speaker, lost.Cause));
                break;
            case DeviceReplaced replaced:
                report(new DeviceReplacedReported(devicesId, replaced.Kind, replaced.Cause));
                break;
        }
    }
}
