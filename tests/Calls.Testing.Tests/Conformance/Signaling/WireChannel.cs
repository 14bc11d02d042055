using System.Text;
using Calls.Signaling;

namespace Calls.Testing.Tests;

/// <summary>The smallest channel that keeps the whole contract, and, on request, breaks one rule of it.</summary>
internal sealed class WireChannel(WireRig rig, TimeProvider time, SignalingFlaw flaw) : ISignalingChannel
{
    private const int Limit = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Lock _raising = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<byte[]> _kept = [];
    private readonly FlawedObservable<SignalingMessage> _messages = new(
        replaysLast: false, flaw is SignalingFlaw.An_observer_that_throws_stops_nobody, flaw is SignalingFlaw.A_disposed_channel_is_silent);

    private readonly FlawedObservable<ChannelStatus> _statuses = Statuses(flaw);
    private TaskCompletionSource _up = NewUp();
    private Task _loop = Task.CompletedTask;
    private Task? _disposing;
    private ChannelStatus _last = new(ChannelState.Disconnected);
    private volatile Wire? _wire;
    private bool _isRunning;
    private bool _wasUp;
    private SignalingMessage? _held;
    private byte[]? _heldSend;
    private byte[]? _lastSent;
    private int _losses;

    public IObservable<SignalingMessage> Messages => _messages;

    public IObservable<ChannelStatus> Status => _statuses;

    public async Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        Task up;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposing is not null, this);
            if (_isRunning && flaw is SignalingFlaw.Connecting_twice_is_one_connection)
                rig.CountAttempt();
            if (!_isRunning && !cancellationToken.IsCancellationRequested)
            {
                _isRunning = true;
                _loop = Task.Run(RunAsync, CancellationToken.None);
            }

            up = _up.Task;
        }

        try
        {
            await up.WaitAsync(cancellationToken);
            if (cancellationToken.IsCancellationRequested && flaw is SignalingFlaw.A_late_cancel_leaves_the_connection)
                await _stop.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            if (!_wasUp && flaw is not SignalingFlaw.A_cancelled_connect_stops_trying)
                await _stop.CancelAsync();
            throw;
        }
        catch (SignalingException exception) when (flaw is SignalingFlaw.A_refusal_closes_the_channel)
        {
            throw new SignalingException(exception.Message);
        }
    }

    public ValueTask SendAsync(SignalingMessage message, CancellationToken cancellationToken = default)
    {
        if (_disposing is not null)
            throw flaw is SignalingFlaw.A_disposed_channel_refuses ? new SignalingException("Disposed.") : new ObjectDisposedException(nameof(WireChannel));
        if (_raising.IsHeldByCurrentThread && flaw is SignalingFlaw.An_observer_may_send)
            throw new InvalidOperationException("Not from an observer.");
        var utf8 = SignalingJson.Serialize(message);
        var number = (message as CallMessage)?.Seq;
        if (_wire is not { } wire)
        {
            if (flaw is SignalingFlaw.Sending_without_a_connection_faults_at_once && !_wasUp)
                _kept.Add(utf8);
            else if (flaw is not SignalingFlaw.Sending_while_reconnecting_faults_at_once || !_wasUp)
                throw new SignalingException("There is no connection now.");
            return ValueTask.CompletedTask;
        }

        if (flaw is SignalingFlaw.A_message_of_64_KiB_is_sent && utf8.Length > Limit / 2)
            return ValueTask.CompletedTask;
        _lastSent = utf8;
        if (flaw is SignalingFlaw.Messages_leave_in_order && number == 100)
        {
            _heldSend = utf8;
            return ValueTask.CompletedTask;
        }

        wire.Send(utf8);
        if (_heldSend is { } held)
            wire.Send(held);
        _heldSend = null;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposing is not null && flaw is SignalingFlaw.Disposing_twice_is_harmless)
                return ValueTask.FromException(new InvalidOperationException("Already disposed."));
            _disposing ??= Task.Run(CloseAsync);
        }

        return _raising.IsHeldByCurrentThread && flaw is not SignalingFlaw.Disposing_inside_an_observer_does_not_hang ? ValueTask.CompletedTask : new(_disposing);
    }

    private async Task CloseAsync()
    {
        if (flaw is not SignalingFlaw.Disposing_ends_a_connect)
            Fault(new ObjectDisposedException(nameof(WireChannel)));
        if (flaw is not SignalingFlaw.Disposing_ends_the_reconnecting || _last.State != ChannelState.Reconnecting)
        {
            await _stop.CancelAsync();
            await _loop;
        }

        if (flaw is not SignalingFlaw.Disposing_closes_and_completes || !_wasUp)
            Raise(ChannelState.Closed);
        if (flaw is SignalingFlaw.Disposing_before_connecting_is_clean && !_isRunning)
            return;
        lock (_raising)
        {
            _messages.Complete();
            _statuses.Complete();
        }
    }

    private async Task RunAsync()
    {
        var (stop, state, delay) = (_stop.Token, ChannelState.Connecting, TimeSpan.FromMilliseconds(10));
        if (flaw is not SignalingFlaw.Connecting_tells_each_step)
            Raise(state);
        while (!stop.IsCancellationRequested)
        {
            SignalingException loss;
            try
            {
                loss = await LiveAsync(rig.Dial(), stop);
                (state, delay) = (ChannelState.Reconnecting, TimeSpan.FromMilliseconds(10));
                _losses++;
            }
            catch (SignalingException exception)
            {
                loss = exception;
            }
            catch (OperationCanceledException)
            {
                break;
            }

            if (loss.IsRefused)
            {
                Raise(ChannelState.Closed, flaw is SignalingFlaw.A_refusal_after_a_loss_closes_the_channel && _wasUp ? null : loss);
                Fault(loss);
                if (flaw is SignalingFlaw.A_refusal_is_not_tried_again)
                    rig.CountAttempt();
                return;
            }

            Raise(state, flaw is SignalingFlaw.A_loss_is_told_with_its_cause ? null : loss);
            if (_losses > 1 && flaw is SignalingFlaw.It_connects_again_each_time)
                return;
            await (flaw is SignalingFlaw.It_backs_off_by_its_own_clock
                ? Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, stop)
                : Task.Delay(delay, time, stop)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            delay *= 2;
        }

        if (_disposing is null)
            Raise(ChannelState.Disconnected);
    }

    private async Task<SignalingException> LiveAsync(Wire wire, CancellationToken stop)
    {
        if (flaw is SignalingFlaw.Nothing_is_sent_a_second_time && _lastSent is { } again)
            wire.Send(again);
        _kept.ForEach(wire.Send);
        _kept.Clear();
        (_wire, _wasUp) = (wire, true);
        Raise(ChannelState.Connected);
        _up.TrySetResult();
        try
        {
            while (true)
            {
                var reading = wire.Inbox.Reader.ReadAsync(stop).AsTask();
                while (await Task.WhenAny(reading, Task.Delay(rig.SilenceLimit / 2, TimeProvider.System, stop)) != reading)
                {
                    stop.ThrowIfCancellationRequested();
                    if (!wire.Answers && flaw is not SignalingFlaw.Silence_is_a_loss)
                        return new SignalingException("The connection fell silent.");
                }

                if (!await TakeAsync(await reading))
                    return new SignalingException("The server spoke nonsense.");
            }
        }
        catch (System.Threading.Channels.ChannelClosedException exception)
        {
            return new SignalingException("The connection broke.", exception);
        }
        finally
        {
            _wire = null;
            wire.Cut();
        }
    }

    private async Task<bool> TakeAsync(byte[] utf8)
    {
        var isFuture = Encoding.UTF8.GetString(utf8).Contains("hologram", StringComparison.Ordinal);
        if (!SignalingJson.TryParse(utf8, out var message, out _))
            return flaw is not (SignalingFlaw.A_type_from_the_future_is_dropped or SignalingFlaw.Text_that_is_no_message_is_dropped)
                || isFuture != (flaw is SignalingFlaw.A_type_from_the_future_is_dropped);
        var isDropped = (isFuture && flaw is SignalingFlaw.A_field_from_the_future_is_passed_over)
            || (message is WelcomeMessage && flaw is SignalingFlaw.The_welcome_comes_first)
            || (utf8.Length > Limit && flaw is not SignalingFlaw.A_message_over_the_limit_ends_nothing)
            || (utf8.Length > Limit / 2 && flaw is SignalingFlaw.A_message_of_64_KiB_is_received);
        if (isDropped)
            return true;
        if (flaw is SignalingFlaw.Messages_arrive_in_order && message is EndMessage { Seq: 100 })
        {
            _held = message;
            return true;
        }

        var raising = Task.Run(() => Raise(message));
        if (flaw is SignalingFlaw.One_thing_is_raised_at_a_time)
            await Task.WhenAny(raising, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System));
        else
            await raising;
        if (_held is { } held)
            Raise(held);
        _held = null;
        return true;
    }

    private void Raise(SignalingMessage message)
    {
        if (flaw is SignalingFlaw.One_thing_is_raised_at_a_time)
        {
            _messages.Raise(message);
            return;
        }

        lock (_raising)
            _messages.Raise(message);
    }

    private void Raise(ChannelState state, Exception? error = null)
    {
        lock (_raising)
        {
            if (_last.State == state)
                return;
            _last = new(state, error);
            _statuses.Raise(_last);
        }
    }

    private void Fault(Exception exception)
    {
        lock (_gate)
        {
            _up.TrySetException(exception);
            _ = _up.Task.Exception;
        }
    }

    private static FlawedObservable<ChannelStatus> Statuses(SignalingFlaw flaw)
    {
        FlawedObservable<ChannelStatus> statuses = new(flaw is not SignalingFlaw.The_status_of_now_comes_at_once, stopsAtThrow: false, forgetsItsEnd: false);
        statuses.Raise(new(ChannelState.Disconnected));
        return statuses;
    }

    private static TaskCompletionSource NewUp() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
