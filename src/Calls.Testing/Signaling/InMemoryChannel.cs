using System.Reactive.Subjects;
using Calls.Signaling;
using Calls.Signaling.Server;

namespace Calls.Testing;

/// <summary>A channel in memory: one device's end of <see cref="InMemorySignaling"/>.</summary>
public sealed class InMemoryChannel : ISignalingChannel
{
    private readonly Post _post;
    private readonly IChannelEnd _end;
    private readonly Subject<SignalingMessage> _messages = new();
    private readonly BehaviorSubject<ChannelStatus> _status = new(new(ChannelState.Disconnected));
    private readonly Lock _gate = new();
    private Connection? _connection;
    private bool _isDisposed;

    internal InMemoryChannel(Post post, IChannelEnd end) => (_post, _end) = (post, end);

    /// <summary>The user.</summary>
    public string UserId => _end.Party.UserId;

    /// <summary>The device.</summary>
    public string DeviceId => _end.Party.DeviceId;

    /// <inheritdoc/>
    public IObservable<SignalingMessage> Messages => new GuardedObservable<SignalingMessage>(_messages);

    /// <inheritdoc/>
    public IObservable<ChannelStatus> Status => new GuardedObservable<ChannelStatus>(_status);

    /// <inheritdoc/>
    public Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        Connection connection;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (cancellationToken.IsCancellationRequested)
                return Task.FromCanceled(cancellationToken);
            if (_connection is { } running)
                return running.Up.Task.WaitAsync(cancellationToken);
            connection = _connection = new Connection(this);
        }

        Connect(connection, ChannelState.Connecting);
        return AwaitAsync();

        async Task AwaitAsync()
        {
            try
            {
                await connection.Up.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!connection.Up.Task.IsCompleted)
            {
                Leave(connection, new ChannelStatus(ChannelState.Disconnected));
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask SendAsync(SignalingMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        Connection? connection;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            connection = _connection;
        }

        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        if (connection is not { Up.Task.IsCompletedSuccessfully: true })
            return ValueTask.FromException(new SignalingException("There is no signaling connection now."));
        _post.Send(() =>
        {
            if (!connection.IsCut)
                _end.Receive(connection, message);
        });
        return ValueTask.CompletedTask;
    }

    /// <summary>Loses the connection with all that is on its way. The channel stays Reconnecting until <see cref="Reconnect"/>.</summary>
    public void Cut() => Leave(_connection, new ChannelStatus(ChannelState.Reconnecting, new SignalingException("The connection was cut.")), new Connection(this));

    /// <summary>Makes a lost connection again.</summary>
    public void Reconnect()
    {
        if (_connection is { Up.Task.IsCompleted: false } connection)
            Connect(connection, ChannelState.Reconnecting);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return ValueTask.CompletedTask;
            _isDisposed = true;
        }

        Leave(_connection, new ChannelStatus(ChannelState.Closed));
        _post.Send(() =>
        {
            _messages.OnCompleted();
            _status.OnCompleted();
        });
        return ValueTask.CompletedTask;
    }

    private void Connect(Connection connection, ChannelState state) => _post.Send(() =>
    {
        if (connection.IsCut)
            return;
        if (_status.Value.State != state)
            _status.OnNext(new(state));
        _status.OnNext(new(ChannelState.Connected));
        connection.Up.TrySetResult();
        _end.Connect(connection);
    });

    private void Leave(Connection? connection, ChannelStatus status, Connection? next = null)
    {
        lock (_gate)
        {
            if (_connection == connection)
                _connection = next;
        }

        connection?.Cut(_isDisposed ? new ObjectDisposedException(nameof(InMemoryChannel)) : new SignalingException("The connection was left."));
        _post.Send(() =>
        {
            if (connection is not null)
                _end.Disconnect(connection);
            _status.OnNext(status);
        });
    }

    private sealed class Connection(InMemoryChannel channel) : ICallConnection
    {
        public TaskCompletionSource Up { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsCut { get; private set; }

        public Party Party => channel._end.Party;

        public void Cut(Exception cause)
        {
            IsCut = true;
            if (Up.TrySetException(cause))
                _ = Up.Task.Exception;
        }

        public void Send(SignalingMessage message) => channel._post.Send(() =>
        {
            if (!IsCut)
                channel._messages.OnNext(message);
        });

        public void Close(ErrorMessage last)
        {
            Send(last);
            channel._post.Send(() => channel.Leave(this, new ChannelStatus(
                ChannelState.Closed, new SignalingException("This device connected again.") { IsRefused = true, Code = last.Code })));
        }
    }
}
