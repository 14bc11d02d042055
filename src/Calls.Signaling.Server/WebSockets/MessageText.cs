using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.ObjectPool;

namespace Calls.Signaling.Server;

/// <summary>One message as text, while it is being sent. Connections are quiet most of their life, so that none keeps one of these for itself.</summary>
internal sealed class MessageText : IResettable, IDisposable
{
    private const int FirstCapacity = 1024;
    private const int LargestKept = 16 * 1024;
    private static readonly ObjectPool<MessageText> Pool = ObjectPool.Create<MessageText>();
    private readonly Utf8JsonWriter _json;
    private ArrayBufferWriter<byte> _buffer = new(FirstCapacity);

    public MessageText() => _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { SkipValidation = true });

    public ReadOnlyMemory<byte> Utf8 => _buffer.WrittenMemory;

    public static MessageText Of(SignalingMessage message)
    {
        var text = Pool.Get();
        SignalingJson.Serialize(text._json, message);
        text._json.Flush();
        return text;
    }

    public void Dispose() => _json.Dispose();

    public void Return() => Pool.Return(this);

    public bool TryReset()
    {
        if (_buffer.Capacity > LargestKept)
            _buffer = new ArrayBufferWriter<byte>(FirstCapacity);
        else
            _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        return true;
    }
}
