using Org.BouncyCastle.Tls;

namespace Calls.Media.WebRtc.Dtls;

/// <summary>
/// Stands between the handshake, which waits for datagrams, and the transport below, which brings them when they come. Records that are sent without
/// one being awaited between them go in one datagram, as far as there is room: fewer packets to lose.
/// </summary>
internal sealed class DatagramExchange(DtlsSend send) : DatagramTransport
{
    private const int ReceiveLimit = 2048;
    private const int SendLimit = 1200;
    private const int WaitingLimit = 64;

    private readonly object _gate = new();
    private readonly Queue<byte[]> _received = [];
    private readonly byte[] _unsent = new byte[SendLimit];
    private int _unsentLength;
    private bool _isClosed;

    /// <summary>While set, nothing waits: where there is no datagram the one who asks gets a <see cref="TlsTimeoutException"/>.</summary>
    public bool IsImpatient { get; set; }

    /// <summary>Whether a datagram waits.</summary>
    public bool HasReceived
    {
        get
        {
            lock (_gate)
                return _received.Count > 0;
        }
    }

    /// <summary>Brings a datagram. One too many, or one too long, is lost.</summary>
    public void Add(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length > ReceiveLimit)
            return;
        lock (_gate)
        {
            if (_isClosed || _received.Count == WaitingLimit)
                return;
            _received.Enqueue(datagram.ToArray());
            Monitor.Pulse(_gate);
        }
    }

    public int GetReceiveLimit() => ReceiveLimit;

    public int GetSendLimit() => SendLimit;

    public int Receive(byte[] buf, int off, int len, int waitMillis) => Receive(buf.AsSpan(off, len), waitMillis);

    public int Receive(Span<byte> buffer, int waitMillis)
    {
        Flush();
        lock (_gate)
        {
            if (_received.Count == 0 && !_isClosed)
            {
                if (IsImpatient)
                    throw new TlsTimeoutException();
                Monitor.Wait(_gate, waitMillis == 0 ? Timeout.Infinite : waitMillis);
            }

            if (_isClosed)
                throw new IOException("The transport was closed.");
            if (!_received.TryDequeue(out var datagram))
                return -1;
            var length = Math.Min(buffer.Length, datagram.Length);
            datagram.AsSpan(0, length).CopyTo(buffer);
            return length;
        }
    }

    public void Send(byte[] buf, int off, int len) => Send(buf.AsSpan(off, len));

    public void Send(ReadOnlySpan<byte> buffer)
    {
        if (_unsentLength + buffer.Length > SendLimit)
            Flush();
        if (buffer.Length > SendLimit)
        {
            send(buffer);
            return;
        }

        buffer.CopyTo(_unsent.AsSpan(_unsentLength));
        _unsentLength += buffer.Length;
    }

    /// <summary>Sends what waits for company.</summary>
    public void Flush()
    {
        var length = _unsentLength;
        _unsentLength = 0;
        if (length > 0)
            send(_unsent.AsSpan(0, length));
    }

    /// <summary>Called by the protocol when it is done: the last alert is still sent.</summary>
    public void Close()
    {
        Flush();
        Abandon();
    }

    /// <summary>Whoever waits for a datagram fails, now and later.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _isClosed = true;
            _received.Clear();
            Monitor.PulseAll(_gate);
        }
    }
}
