using Microsoft.AspNetCore.SignalR;

namespace Calls.Signaling.Server;

/// <summary>A client whose messages go to its connection as the bytes that they are, past SignalR's serializer: most of what the hub sends is text that came in just now.</summary>
internal sealed class FramedClient(HubConnectionContext connection, InvocationFrame frame)
{
    /// <summary>Invokes <c>Receive</c>. The text may be used again when this completes.</summary>
    public ValueTask SendAsync(ReadOnlySpan<byte> json, CancellationToken cancellationToken)
    {
        var framed = frame.Around(json);
        var written = connection.WriteAsync(new SerializedHubMessage([new SerializedMessage(connection.Protocol.Name, framed.Utf8)]), cancellationToken);
        if (!written.IsCompletedSuccessfully)
            return UntilWrittenAsync(written, framed);
        framed.Return();
        return ValueTask.CompletedTask;
    }

    private static async ValueTask UntilWrittenAsync(ValueTask written, PassedText framed)
    {
        await written.ConfigureAwait(false);
        framed.Return();
    }
}
