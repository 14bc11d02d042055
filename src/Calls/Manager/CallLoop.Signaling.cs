using Calls.Machine;
using Calls.Signaling;

namespace Calls;

/// <content>What comes from and goes to the signaling channel: numbered, replayed after a reconnect, and each taken once.</content>
internal sealed partial class CallLoop
{
    private void TakeMessage(CallMessage message)
    {
        var arrival = _streams.Receive(message);
        if (arrival == Arrival.New)
        {
            TakeNew(message);
            return;
        }

        ManagerLog.Dropped(_logger, arrival);
        if (arrival == Arrival.Gap && _isReady)
            SendNow(_streams.Resume(), delivered: null);
    }

    private void TakeNew(CallMessage message)
    {
        _reveal = _codes.Received(message) ?? _reveal;
        Step(new MessageReceived(message));
        if (message is RevealMessage)
            PublishSnapshot();
    }

    /// <summary>Says the caller's number when the call is connected: before, nobody compares codes, and the page has other things to do.</summary>
    private void Reveal()
    {
        if (_reveal is null || _state.ConnectedCall != _reveal.CallId)
            return;
        Send(_reveal);
        _reveal = null;
    }

    private void TakeWelcome(WelcomeMessage welcome)
    {
        _servers = welcome.IceServers;
        _isReady = true;
        SendNow(_streams.Resume(), delivered: null);
        foreach (var message in _streams.Missing(welcome, _state.ConnectedCall))
            SendNow(message, Delivered(message));
        Step(new WelcomeReceived(welcome));
    }

    private void TakeError(ErrorMessage error)
    {
        ManagerLog.ServerRefused(_logger, error.Code);
        if (error.CallId is not null)
            Step(new ErrorReceived(error));
        else if (error.Code != ErrorCodes.ServerStopping)
            Errors.Publish(new(null, CallErrorKind.Signaling, $"The server refused a message: {error.Code}. {error.Message}"));
    }

    private void TakeStatus(ChannelStatus status)
    {
        if (status.State != ChannelState.Connected)
            _isReady = false;
        SignalingStatus.Publish(status);
        if (status.State == ChannelState.Closed)
            Step(new SignalingClosed(status.Error));
    }

    /// <summary>Numbers and keeps a message, and sends it if the server has welcomed us; otherwise the next welcome brings it out.</summary>
    private void Send(CallMessage message)
    {
        var stamped = _streams.Stamp(_codes.Sending(_course.Traced(message)));
        if (_isReady)
            SendNow(stamped, Delivered(stamped));
    }

    private static DescriptionDelivered? Delivered(CallMessage message)
        => message is InitiateMessage or AnswerMessage ? new(message.CallId) : null;

    private void SendNow(SignalingMessage message, DescriptionDelivered? delivered) => _lastSend = SendAsync(message, delivered);

    private async Task SendAsync(SignalingMessage message, DescriptionDelivered? delivered)
    {
        try
        {
            await _channel.SendAsync(message).ConfigureAwait(false);
            if (delivered is not null)
                Post(delivered);
        }
#pragma warning disable CA1031 // Whatever a channel throws, the message is kept and follows after the next welcome.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            ManagerLog.SendFailed(_logger, exception);
        }
    }
}
