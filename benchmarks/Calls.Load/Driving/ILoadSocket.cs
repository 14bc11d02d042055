namespace Calls.Load;

/// <summary>A client's connection as a generator needs it: whole messages, as bytes.</summary>
internal interface ILoadSocket : IAsyncDisposable
{
    ValueTask SendAsync(ReadOnlyMemory<byte> message);

    /// <summary>The next message, good until the next call; empty when the server has closed.</summary>
    ValueTask<ReadOnlyMemory<byte>> ReceiveAsync();
}
