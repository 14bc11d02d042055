using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.JSInterop;

namespace Calls.Blazor.Interop;

/// <summary>The one ear that JavaScript has: passes each event to the devices or the session that it belongs to, in order.</summary>
internal sealed class EngineEvents
{
    /// <summary>The number of what belongs to no call.</summary>
    public const int EveryCall = 0;

    private readonly ConcurrentDictionary<int, Action<JsonElement>> _handlers = new();

    public void Add(int id, Action<JsonElement> handler) => _handlers[id] = handler;

    public void Remove(int id) => _handlers.TryRemove(id, out _);

    /// <summary>Called by the module with a batch of events. One of a thing that is closed is late, and passed over.</summary>
    [JSInvokable]
    public void OnEvents(JsonElement batch)
    {
        foreach (var (id, item) in batch.Deserialize(EngineJson.Default.EngineEventArray) ?? [])
        {
            if (_handlers.TryGetValue(id, out var handler))
                handler(item);
        }
    }
}
