using Orleans.Storage;

namespace Calls.Signaling.Server.Orleans;

/// <summary>Writes a document into Redis as the text that it is. A serializer of objects would quote the whole text once more.</summary>
internal sealed class DocumentSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => BinaryData.FromString(input is StoredDocument stored ? stored.Document ?? "" : throw Foreign<T>());

    public T? Deserialize<T>(BinaryData input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (typeof(T) != typeof(StoredDocument))
            throw Foreign<T>();
        return (T)(object)new StoredDocument { Document = input.ToMemory().IsEmpty ? null : input.ToString() };
    }

    private static NotSupportedException Foreign<T>() => new($"The storage '{CallStorage.Name}' is for calls: give {typeof(T).Name} one of its own.");
}
