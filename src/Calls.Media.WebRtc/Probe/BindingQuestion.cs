using System.Net;
using System.Net.Sockets;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Probe;

/// <summary>Asks a STUN server once what it sees of this machine (RFC 8489).</summary>
internal static class BindingQuestion
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    /// <summary>The address that the server sees, and how long the answer took; null: there was none in time.</summary>
    public static async Task<(IPEndPoint? Mapped, TimeSpan? Took)> AskAsync(IPEndPoint server, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            using Socket socket = new(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            await socket.ConnectAsync(server, stop.Token).ConfigureAwait(false);
            var transaction = TransactionId.Create();
            var request = Request(transaction);
            var begin = time.GetTimestamp();
            var answer = AnswerAsync(socket, transaction, stop.Token);
            while (!answer.IsCompleted)
            {
                begin = time.GetTimestamp();
                await SendAsync(socket, request, stop.Token).ConfigureAwait(false);
                await Task.WhenAny(answer, Task.Delay(Again, time, stop.Token)).ConfigureAwait(false);
                stop.Token.ThrowIfCancellationRequested();
            }

            return ((await answer.ConfigureAwait(false))?.ToEndPoint(), time.GetElapsedTime(begin));
        }
        catch (Exception exception) when (exception is SocketException || exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return default;
        }
    }

    private static byte[] Request(TransactionId transaction)
    {
        StunWriter request = new(new byte[64], StunClass.Request, StunMethod.Binding, transaction);
        request.AddFingerprint();
        return request.Finish().ToArray();
    }

    private static async Task SendAsync(Socket socket, byte[] request, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // A server that is just being started refuses the first.
        }
    }

    private static async Task<TransportAddress?> AnswerAsync(Socket socket, TransactionId transaction, CancellationToken cancellationToken)
    {
        var buffer = new byte[1500];
        while (true)
        {
            try
            {
                var length = await socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (StunMessage.TryParse(buffer.AsSpan(0, length), out var message) && message.Transaction == transaction && message.Class == StunClass.Success)
                    return message.Address(StunAttribute.XorMappedAddress);
            }
            catch (SocketException)
            {
                // The system tells of the refusal of what was sent before.
            }
        }
    }
}
