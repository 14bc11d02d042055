namespace Calls.Signaling.Server;

/// <summary>The sending half of a connection, whatever the transport: whoever sends writes, as long as nobody else does and the transport takes it at once; a bounded queue for what
/// has to wait; and a goodbye that may not take for ever.</summary>
internal abstract class QueuedConnection
    : ICallConnection, IDisposable
{
    /// <summary>How much the user may send, as this connection has seen it last. For its receiving half alone.</summary>
    public RateBucket? Allowance;

    private readonly CallSignalingOptions _options;
    private readonly TimeProvider _time;
    private readonly SignalingInstruments _instruments;
    private readonly string _transport;
    private readonly CancellationTokenSource _abort = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly SendQueue _queue;
    private ITimer? _deadline;
    private ITimer? _expiry;
    private byte[]? _partyUtf8;
    private HostedCall? _call;
    private bool _isFound;
    private bool _isClosing;
    private bool _isDisposed;

    /// <param name="party">Whose it is.</param>
    /// <param name="transport">How metrics name the transport.</param>
    /// <param name="terms">The limits, the clock, and where it is counted.</param>
    protected QueuedConnection(Party party, string transport, ConnectionTerms terms)
    {
        (Party, _transport, _options, _time, _instruments) = (party, transport, terms.Options, terms.Time, terms.Instruments);
        _queue = new SendQueue(_options.Limits.SendQueueLength);
        _instruments.ConnectionOpened(transport);
    }

    public Party Party { get; }

    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>Cancelled when the connection is to be torn down without another word.</summary>
    public CancellationToken Aborted => _abort.Token;

    public bool IsClosing => Volatile.Read(ref _isClosing);

    /// <summary>Whether the client has sent a malformed text: what else it sends is looked at before it is read.</summary>
    public bool IsSuspect { get; set; }

    /// <summary>Whether this is the connection by which its device is found now.</summary>
    public bool IsFound
    {
        get => Volatile.Read(ref _isFound);
        set => Volatile.Write(ref _isFound, value);
    }

    /// <summary>The call in which candidates came last; null: none, or it is no more. Set under that call's lock.</summary>
    public HostedCall? Call
    {
        get => Volatile.Read(ref _call);
        set => Volatile.Write(ref _call, value);
    }

    /// <summary>The party as messages name it.</summary>
    public byte[] PartyUtf8 => _partyUtf8 ??= SignalingJson.Serialize(Party);

    public void Send(SignalingMessage message)
    {
        if (message is ErrorMessage refusal)
            _instruments.Refused(refusal.Code);
        Put(message);
    }

    /// <summary>Sends a text, and gives it back once it is written.</summary>
    public void Send(PassedText text) => Put(text);

    public void Close(ErrorMessage last) => Close(new Closing(last.Code, last));

    /// <summary>Sends what is queued, and closes. Only the first close counts; it has <see cref="CallSignalingOptions.CloseTimeout"/>.</summary>
    public void Close(string reason) => Close(new Closing(reason));

    /// <summary>Closes when the ticket or token behind it expires; null: never. Said once, before anything else.</summary>
    public void CloseAt(DateTimeOffset? expires)
    {
        if (expires is not { } at)
            return;
        ExpiresAt = at;
        _expiry = _time.CreateTimer(
            static state => ((QueuedConnection)state!).Close(AuthenticationExpiry.Farewell),
            this,
            AuthenticationExpiry.Left(at, _time),
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Completes when the last word is written, or can not be. Faults with what no transport should throw.</summary>
    public Task WhenOverAsync() => _over.Task;

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _queue.End();
            _deadline?.Dispose();
            _expiry?.Dispose();
            _abort.Dispose();
        }

        _instruments.ConnectionClosed(_transport);
    }

    /// <summary>Writes one message. One at a time. Does not wait before it returns.</summary>
    protected abstract ValueTask WriteAsync(SignalingMessage message);

    /// <summary>Writes one text. One at a time. Does not wait before it returns.</summary>
    protected abstract ValueTask WriteAsync(PassedText text);

    /// <summary>Closes the transport; the last thing that is written.</summary>
    /// <param name="reason">One of <see cref="ErrorCodes"/> or of <see cref="CloseReasons"/>.</param>
    protected abstract ValueTask SayGoodbyeAsync(string reason);

    /// <summary>Whether a transport of this kind throws this when it breaks.</summary>
    protected abstract bool IsBreak(Exception exception);

    private void Put(object item)
    {
        switch (_queue.Put(item))
        {
            case SendQueue.Place.Now:
                _ = WriteAllAsync(item);
                break;
            case SendQueue.Place.Full:
                var last = new ErrorMessage { Code = ErrorCodes.SlowReader, Message = "This client reads too slowly: the connection closes." };
                Close(new Closing(ErrorCodes.SlowReader, last, SkipsQueue: true));
                break;
        }
    }

    /// <summary>Writes until nothing waits; once the connection closes, says goodbye. Never throws.</summary>
    private async Task WriteAllAsync(object? item)
    {
        Closing? closing;
        try
        {
            do
            {
                if (item is PassedText text)
                    await WritePassedAsync(text).ConfigureAwait(false);
                else if (item is SignalingMessage message)
                    await WriteAsync(message).ConfigureAwait(false);
            }
            while (_queue.TryNext(out item, out closing));

            if (closing is null)
                return;
            if (closing.Last is { } last)
                await WriteAsync(last).ConfigureAwait(false);
            await SayGoodbyeAsync(closing.Reason).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or InvalidOperationException || IsBreak(exception))
        {
            // The connection is gone. What was queued is in the outboxes of its calls, and the receiving half learns the same.
            Abort();
        }
        catch (Exception exception)
        {
            // Whoever waits for the end is told of the fault, and does not wait for ever.
            Abort();
            _over.TrySetException(exception);
        }

        _queue.End();
        _over.TrySetResult();
    }

    private async ValueTask WritePassedAsync(PassedText text)
    {
        try
        {
            await WriteAsync(text).ConfigureAwait(false);
        }
        finally
        {
            text.Return();
        }
    }

    private void Close(Closing closing)
    {
        bool isMine;
        lock (_gate)
        {
            if (_isDisposed || !_queue.TryClose(closing, out isMine))
                return;
            Volatile.Write(ref _isClosing, true);
            _deadline = _time.CreateTimer(static state => ((QueuedConnection)state!).Abort(), this, _options.CloseTimeout, Timeout.InfiniteTimeSpan);
        }

        if (closing.Last is { } last)
            _instruments.Refused(last.Code);
        if (isMine)
            _ = WriteAllAsync(null);
    }

    private void Abort()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _ = _abort.CancelAsync();
        }
    }
}
