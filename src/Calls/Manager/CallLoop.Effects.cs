using Calls.Machine;
using Calls.Media;
using Calls.Signaling;

namespace Calls;

/// <content>Carries out what the machine decided.</content>
internal sealed partial class CallLoop
{
    private void Carry(in CallEffect effect)
    {
        switch (effect.Kind)
        {
            case CallEffectKind.Send:
                Send((CallMessage)effect.Subject!);
                break;
            case CallEffectKind.SetTimer:
                _timers.Set(_state.Call!.Id, effect.Timer, effect.Due);
                break;
            case CallEffectKind.CancelTimer:
                _timers.Cancel(effect.Timer);
                break;
            case CallEffectKind.Media when effect is { Order: MediaOrder.Open, Subject: DeviceWish wish }:
                Media().Open(_state.Call!.Id, wish, _state.Call.RemoteOffer, _state.Call.HeldRemote);
                break;
            case CallEffectKind.Media:
                Media().Do(_state.Call!.Id, effect.Task);
                break;
            case CallEffectKind.AddCandidates:
                Media().AddCandidates(_state.Call!.Id, (IReadOnlyList<IceCandidate>)effect.Subject!);
                break;
            case CallEffectKind.AddAhead:
                Media().AddAhead(_state.Call!.Id, (IReadOnlyList<IceCandidate>)effect.Subject!);
                break;
            case CallEffectKind.Ended:
                _course.Ended((CallEnd)effect.Subject!);
                CloseCall(((CallEnd)effect.Subject!).CallId);
                break;
            case CallEffectKind.Missed:
                Forget(((MissedCall)effect.Subject!).CallId);
                break;
        }
    }

    /// <summary>Tells observers, after everything else is done and the snapshot shows it.</summary>
    private void Publish(in CallEffect effect)
    {
        switch (effect.Subject)
        {
            case CallEnd end:
                ManagerLog.Ended(_logger, _state.State, end);
                Ends.Publish(end);
                break;
            case MissedCall missed:
                ManagerLog.Missed(_logger, missed.Cause);
                MissedCalls.Publish(missed);
                break;
            case CallError error:
                ManagerLog.Trouble(_logger, error);
                Errors.Publish(error);
                break;
        }
    }

    private CallMedia Media()
        => _media ??= new CallMedia(
            _state.Call!.DevicesId, _source, SessionOptions, Post, (call, stream) => Post(new RemoteStreamMail(call, stream)), _logger);

    private MediaSessionOptions SessionOptions()
        => new() { IceServers = [.. _servers, .. _options.IceServers], RelayOnly = _options.RelayOnly };

    private void CloseCall(CallId id)
    {
        _timers.CancelAll();
        ForgetMedia();
        Forget(id);
    }

    private void Forget(CallId id)
    {
        _streams.Close(id);
        _codes.Close(id);
    }

    /// <summary>One stream a session; a session that replaced another brings its own.</summary>
    private void TakeRemoteStream(RemoteStreamMail mail)
    {
        if (_media is null || mail.Id != _state.Call?.Id || ReferenceEquals(_remote, mail.Stream))
            return;
        _remote = mail.Stream;
        RemoteStreams.Publish(mail.Stream);
        PublishSnapshot();
    }

    /// <summary>Tells the other side, closes what is open, and completes every observable.</summary>
    private void TakeDispose(DisposeMail dispose)
    {
        _mailbox.Writer.TryComplete();
        Step(new EndCommand());
        _isDisposed = true;
        _course.Leave(_state.State);
        _timers.CancelAll();
        _waiters.Abandon(new ObjectDisposedException(nameof(CallManager)));
        _messageSubscription.Dispose();
        _statusSubscription.Dispose();
        Snapshots.Complete();
        RemoteStreams.Complete();
        Ends.Complete();
        Errors.Complete();
        MissedCalls.Complete();
        SignalingStatus.Complete();
        _ = CompleteAsync();

        async Task CompleteAsync()
        {
            try
            {
                await Task.WhenAll(_lastSend, _lastRelease).WaitAsync(FarewellTimeout, _time).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // Neither a dead socket nor a prompt that stays open keeps an app from closing: the server's own timers end the call, and what
                // opens late is closed when it does.
            }

            await _channel.DisposeAsync().ConfigureAwait(false);
            dispose.Completion.TrySetResult();
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_disposeGate)
        {
            if (_disposed is null)
            {
                var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _disposed = completion.Task;
                _disposing.Cancel();
                Post(new DisposeMail(completion));
            }

            return new(_disposed);
        }
    }
}
