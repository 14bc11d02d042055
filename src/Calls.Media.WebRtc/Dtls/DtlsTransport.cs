using Org.BouncyCastle.Tls;
using Connection = Org.BouncyCastle.Tls.DtlsTransport;

namespace Calls.Media.WebRtc.Dtls;

/// <summary>Sends one datagram on the pair that ICE validated. What it cannot send is lost.</summary>
internal delegate void DtlsSend(ReadOnlySpan<byte> datagram);

/// <summary>
/// DTLS 1.2 over datagrams that come and go through delegates (RFC 6347). It holds a thread while the handshake runs, and none before or after.
/// Thread-safe.
/// </summary>
internal sealed class DtlsTransport : IDisposable
{
    /// <summary>The first and the last value of the first byte of a DTLS record (RFC 7983, section 7).</summary>
    public const int FirstByte = 20, LastByte = 63;

    private const int ThreadLimit = 256;

    // Apart: a client has its thread when a server comes to wait for it, so one role never waits for a thread that the other holds.
    private static readonly HandshakeThreads Clients = new("Calls DTLS client", ThreadLimit);
    private static readonly HandshakeThreads Servers = new("Calls DTLS server", ThreadLimit);

    private readonly DtlsRole _role;
    private readonly DtlsSettings _settings;
    private readonly DtlsTerms _terms;
    private readonly DatagramExchange _exchange;
    private readonly TaskCompletionSource<DtlsKeys> _keys = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guards the connection after the handshake, which knows no threads of its own.
    private readonly object _gate = new();
    private Connection? _connection;
    private bool _isAwaited;
    private bool _isRunning;
    private int _isClosed;

    /// <summary>A transport at rest.</summary>
    /// <param name="certificate">What this side shows.</param>
    /// <param name="role">Whether this side begins.</param>
    /// <param name="expected">The fingerprints of the other side's description, one of which its certificate must have.</param>
    /// <param name="send">Where datagrams go.</param>
    /// <param name="settings">Times.</param>
    public DtlsTransport(
        DtlsCertificate certificate, DtlsRole role, IReadOnlyList<DtlsFingerprint> expected, DtlsSend send, DtlsSettings? settings = null)
    {
        _role = role;
        _settings = settings ?? new();
        _terms = new(role, certificate, expected, _settings.Retransmission) { Closed = OnPeerClosed };
        _exchange = new(send);
    }

    /// <summary>The other side closed the connection, or broke it; raised once, on the thread that brought the news.</summary>
    public event Action? Closed;

    /// <summary>Does the handshake; call it once. The server waits for the client's first message.</summary>
    /// <returns>The keys, only ever after the other side proved to hold the key of a certificate with an expected fingerprint.</returns>
    /// <exception cref="DtlsException">It failed, or took too long.</exception>
    public async Task<DtlsKeys> HandshakeAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
            _isAwaited = true;
        Start();
        try
        {
            return await _keys.Task.WaitAsync(_settings.Timeout, _settings.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Close();
            throw new DtlsException("The handshake took too long.");
        }
        catch (OperationCanceledException)
        {
            Close();
            throw;
        }
    }

    /// <summary>Takes a datagram from the other side. Anything that is no datagram of a handshake or an alert is passed over once connected.</summary>
    public void Receive(ReadOnlySpan<byte> datagram)
    {
        if (datagram.IsEmpty || Volatile.Read(ref _isClosed) != 0)
            return;
        bool isConnected;
        lock (_gate)
            isConnected = _connection is not null;
        if (isConnected)
        {
            while (LateRecords.TryTake(ref datagram, out var record))
            {
                if (LateRecords.Matters(record))
                    _exchange.Add(record);
            }

            Work();
            return;
        }

        _exchange.Add(datagram);
        Start();
        Work();
    }

    /// <summary>Ends the connection, and tells the other side where there is one.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
            return;
        lock (_gate)
        {
            if (_connection is { } connection)
                Quietly(connection.Close);
            _exchange.Abandon();
        }

        _keys.TrySetException(new DtlsException("The transport was closed."));
        _ = _keys.Task.Exception;
    }

    /// <inheritdoc cref="Close"/>
    public void Dispose() => Close();

    private void Start()
    {
        lock (_gate)
        {
            if (!_isAwaited || _isRunning || _role == DtlsRole.Server && !_exchange.HasReceived)
                return;
            _isRunning = true;
        }

        (_role == DtlsRole.Client ? Clients : Servers).Run(Shake);
    }

    private void Shake()
    {
        try
        {
            var connection = _role == DtlsRole.Client
                ? new DtlsClientProtocol().Connect(new ClientPeer(_terms), _exchange)
                : new DtlsServerProtocol().Accept(new ServerPeer(_terms), _exchange);
            lock (_gate)
            {
                _exchange.Flush();
                _exchange.IsImpatient = true;
                _connection = connection;
                if (Volatile.Read(ref _isClosed) != 0)
                    Quietly(connection.Close);
            }

            _keys.TrySetResult(_terms.Keys!);
            Work();
        }
#pragma warning disable CA1031 // Whatever the other side sent, it ends in one typed failure.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _exchange.Abandon();
            _keys.TrySetException(new DtlsException(_terms.Refusal ?? "The handshake failed.", exception));
            _ = _keys.Task.Exception;
        }
    }

    /// <summary>Hands what came after the handshake to the connection: alerts, and a last flight that the other side had not got.</summary>
    private void Work()
    {
        lock (_gate)
        {
            if (_connection is not { } connection)
                return;
            Span<byte> unwanted = stackalloc byte[256];
            while (_exchange.HasReceived)
            {
                try
                {
                    connection.Receive(unwanted, 1);
                }
                catch (TlsTimeoutException)
                {
                    break;
                }
#pragma warning disable CA1031 // The connection is over, and whoever listens was told by the alert.
                catch (Exception)
#pragma warning restore CA1031
                {
                    _exchange.Abandon();
                }
            }

            _exchange.Flush();
        }
    }

    private void OnPeerClosed()
    {
        if (Volatile.Read(ref _isClosed) == 0)
            Closed?.Invoke();
    }

    private static void Quietly(Action action)
    {
        try
        {
            action();
        }
        catch (IOException)
        {
            // There is nobody left to tell.
        }
    }
}
