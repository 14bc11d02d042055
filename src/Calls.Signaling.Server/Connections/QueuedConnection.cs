using System.Threading.Channels;

namespace Calls.Signaling.Server;

/// <summary>The sending half of a connection, whatever the transport: a bounded queue, the one loop that writes, and a goodbye that may not take for ever.</summary>
internal abstract class QueuedConnection
    : ICallConnection, IDisposable
{
    private readonly Channel<SignalingMessage> _queue;
    private readonly CallSignalingOptions _options;
    private readonly TimeProvider _time;
    private readonly SignalingInstruments _instruments;
    private readonly string _transport;
    private readonly CancellationTokenSource _abort = new();
    private readonly Lock _gate = new();
    private Closing? _closing;
    private ITimer? _deadline;
    private ITimer? _expiry;
    private bool _isDisposed;

    /// <param name="party">Whose it is.</param>
    /// <param name="transport">How metrics name the transport.</param>
    /// <param name="terms">The limits, the clock, and where it is counted.</param>
    protected QueuedConnection(Party party, string transport, ConnectionTerms terms)
    {
        (Party, _transport, _options, _time, _instruments) = (party, transport, terms.Options, terms.Time, terms.Instruments);
        _queue = Channel.CreateBounded<SignalingMessage>(new BoundedChannelOptions(_options.Limits.SendQueueLength) { SingleReader = true });
        _instruments.ConnectionOpened(transport);
    }

    public Party Party { get; }

    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>Cancelled when the connection is to be torn down without another word.</summary>
    public CancellationToken Aborted => _abort.Token;

    public bool IsClosing => Volatile.Read(ref _closing) is not null;

    public void Send(SignalingMessage message)
    {
        if (message is ErrorMessage refusal)
            _instruments.Refused(refusal.Code);
        if (!_queue.Writer.TryWrite(message) && !IsClosing)
        {
            var last = new ErrorMessage { Code = ErrorCodes.SlowReader, Message = "This client reads too slowly: the connection closes." };
            Close(new Closing(ErrorCodes.SlowReader, last, SkipsQueue: true));
        }
    }

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

    /// <summary>Writes until the connection closes, then says goodbye. Never throws for what a transport does.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(Aborted).ConfigureAwait(false))
            {
                while (_closing is not { SkipsQueue: true } && _queue.Reader.TryRead(out var message))
                    await WriteAsync(message).ConfigureAwait(false);
                if (_closing is { SkipsQueue: true })
                    break;
            }

            if (_closing is { Last: { } last })
                await WriteAsync(last).ConfigureAwait(false);
            await SayGoodbyeAsync(_closing!.Reason).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or InvalidOperationException || IsBreak(exception))
        {
            // The connection is gone. What was queued is in the outboxes of its calls, and the receiving half learns the same.
            Abort();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _deadline?.Dispose();
            _expiry?.Dispose();
            _abort.Dispose();
        }

        _instruments.ConnectionClosed(_transport);
    }

    /// <summary>Writes one message. One at a time.</summary>
    protected abstract ValueTask WriteAsync(SignalingMessage message);

    /// <summary>Closes the transport; the last thing that is written.</summary>
    /// <param name="reason">One of <see cref="ErrorCodes"/> or of <see cref="CloseReasons"/>.</param>
    protected abstract ValueTask SayGoodbyeAsync(string reason);

    /// <summary>Whether a transport of this kind throws this when it breaks.</summary>
    protected abstract bool IsBreak(Exception exception);

    private void Close(Closing closing)
    {
        lock (_gate)
        {
            if (_closing is not null || _isDisposed)
                return;
            Volatile.Write(ref _closing, closing);
            _deadline = _time.CreateTimer(static state => ((QueuedConnection)state!).Abort(), this, _options.CloseTimeout, Timeout.InfiniteTimeSpan);
        }

        _queue.Writer.TryComplete();
        if (closing.Last is { } last)
            _instruments.Refused(last.Code);
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

    private sealed record Closing(string Reason, ErrorMessage? Last = null, bool SkipsQueue = false);
}

/// <summary>Why the server closes, where that is no error of the client.</summary>
internal static class CloseReasons
{
    public const string Gone = "";
}
