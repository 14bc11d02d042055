using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading.Channels;

namespace Calls.Media.WebRtc.Turn;

/// <summary>A TCP or TLS connection to a TURN server. What is sent before it stands waits; what is more than it can carry is lost.</summary>
internal sealed class StreamLink : ITurnLink
{
    private const int MostWaiting = 256;
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);
    private readonly Channel<(byte[] Buffer, int Length)> _waiting =
        Channel.CreateBounded<(byte[], int)>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    private readonly CancellationTokenSource _closed = new();
    private readonly StreamLinkTarget _target;
    private readonly TurnMessageArrived _arrived;
    private readonly Action<string> _lost;

    private StreamLink(StreamLinkTarget target, TurnMessageArrived arrived, Action<string> lost)
        => (_target, _arrived, _lost) = (target, arrived, lost);

    /// <summary>Begins to connect.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="arrived">Takes the messages.</param>
    /// <param name="lost">Told once, with the reason, when there is no connection or it breaks.</param>
    public static StreamLink Open(StreamLinkTarget target, TurnMessageArrived arrived, Action<string> lost)
    {
        StreamLink link = new(target, arrived, lost);
        _ = link.RunAsync();
        return link;
    }

    public void Send(ReadOnlySpan<byte> message)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(message.Length);
        message.CopyTo(buffer);
        if (!_waiting.Writer.TryWrite((buffer, message.Length)))
            ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Sends what waits, then closes.</summary>
    public void Dispose()
    {
        if (_waiting.Writer.TryComplete())
            _closed.CancelAfter(LastWords);
    }

    private async Task RunAsync()
    {
        var reason = "";
        try
        {
            using Socket socket = new(_target.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(_target.EndPoint, _closed.Token).ConfigureAwait(false);
            var stream = await SecuredAsync(new NetworkStream(socket)).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                var reading = ReadAsync(stream);
                var writing = WriteAsync(stream);
                await (await Task.WhenAny(reading, writing).ConfigureAwait(false)).ConfigureAwait(false);
                reason = "The server closed the connection.";
                await _closed.CancelAsync().ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException or OperationCanceledException)
        {
            reason = exception.Message;
        }

        if (_waiting.Writer.TryComplete())
            _lost(reason);
        while (_waiting.Reader.TryRead(out var left))
            ArrayPool<byte>.Shared.Return(left.Buffer);
    }

    private async ValueTask<Stream> SecuredAsync(Stream plain)
    {
        if (!_target.IsSecure)
            return plain;
        SslStream secured = new(plain);
        SslClientAuthenticationOptions options = new()
        {
            TargetHost = _target.Host,
            RemoteCertificateValidationCallback = _target.CertificateValidation,
        };
        await secured.AuthenticateAsClientAsync(options, _closed.Token).ConfigureAwait(false);
        return secured;
    }

    private async Task WriteAsync(Stream stream)
    {
        await foreach (var (buffer, length) in _waiting.Reader.ReadAllAsync(_closed.Token).ConfigureAwait(false))
        {
            await stream.WriteAsync(buffer.AsMemory(0, length), _closed.Token).ConfigureAwait(false);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task ReadAsync(Stream stream)
    {
        var buffer = new byte[4096];
        var filled = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(filled), _closed.Token).ConfigureAwait(false);
            if (read == 0)
                return;
            filled += read;
            if (!TryTake(buffer, ref filled, out var needed))
                throw new IOException("What came is no TURN.");
            if (needed > buffer.Length)
                Array.Resize(ref buffer, Math.Min(TurnFraming.Longest, Math.Max(needed, 2 * buffer.Length)));
        }
    }

    /// <summary>Takes all whole messages and moves the rest to the front.</summary>
    private bool TryTake(byte[] buffer, ref int filled, out int needed)
    {
        needed = 0;
        var at = 0;
        while (at < filled)
        {
            if (!TurnFraming.TryMeasure(buffer.AsSpan(at, filled - at), out needed))
                return false;
            if (needed == 0 || needed > filled - at)
                break;
            _arrived(buffer.AsSpan(at, needed));
            at += needed;
        }

        buffer.AsSpan(at, filled - at).CopyTo(buffer);
        filled -= at;
        return true;
    }
}

/// <summary>Where a connection goes.</summary>
/// <param name="EndPoint">The address.</param>
/// <param name="Host">The name that the certificate must have.</param>
/// <param name="IsSecure">Whether over TLS.</param>
/// <param name="CertificateValidation">Judges the certificate; null: as the system does.</param>
internal sealed record StreamLinkTarget(IPEndPoint EndPoint, string Host, bool IsSecure, RemoteCertificateValidationCallback? CertificateValidation);
