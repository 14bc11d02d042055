using System.Collections.Concurrent;
using System.Reactive.Subjects;
using System.Threading.Channels;
using Calls.Signaling;

namespace Calls.Tests.Manager;

/// <summary>A signaling channel that the test plays the server of.</summary>
internal sealed class ScriptedChannel : ISignalingChannel
{
    private readonly Subject<SignalingMessage> _messages = new();
    private readonly BehaviorSubject<ChannelStatus> _status = new(new(ChannelState.Disconnected));
    private readonly Channel<SignalingMessage> _sent = Channel.CreateUnbounded<SignalingMessage>();

    public IObservable<SignalingMessage> Messages => _messages;

    public IObservable<ChannelStatus> Status => _status;

    public ConcurrentQueue<SignalingMessage> Sent { get; } = [];

    public bool IsDisposed { get; private set; }

    public int MessageObservers => _messages.HasObservers ? 1 : 0;

    public Exception? ConnectFailure { get; set; }

    /// <summary>Called by whoever sends, before the message is there.</summary>
    public Action<SignalingMessage>? Sending { get; set; }

    public Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        if (ConnectFailure is not null)
            return Task.FromException(ConnectFailure);
        Connect();
        return Task.CompletedTask;
    }

    public ValueTask SendAsync(SignalingMessage message, CancellationToken cancellationToken = default)
    {
        if (_status.Value.State != ChannelState.Connected)
            throw new SignalingException("There is no connection.");
        Sending?.Invoke(message);
        Sent.Enqueue(message);
        _sent.Writer.TryWrite(message);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    public void Connect(params CallProgress[] known)
    {
        _status.OnNext(new(ChannelState.Connected));
        Receive(new WelcomeMessage { UserId = "alice", DeviceId = "d1", RingTimeout = 45, Calls = known });
    }

    public void Lose() => _status.OnNext(new(ChannelState.Reconnecting));

    public void Close(Exception error) => _status.OnNext(new(ChannelState.Closed, error));

    public void Receive(SignalingMessage message) => _messages.OnNext(message);

    /// <summary>Keeps nothing of what was sent until now.</summary>
    public void Forget()
    {
        Sent.Clear();
        while (_sent.Reader.TryRead(out _))
        {
        }
    }

    /// <summary>The next message of this kind that the manager sends; others before it are passed over.</summary>
    public async Task<T> NextAsync<T>()
        where T : SignalingMessage
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            if (await _sent.Reader.ReadAsync(patience.Token) is T wanted)
                return wanted;
        }
    }
}
