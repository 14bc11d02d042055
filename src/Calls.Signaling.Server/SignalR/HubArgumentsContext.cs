using System.Text.Json;
using System.Text.Json.Serialization;

namespace Calls.Signaling.Server;

/// <summary>The types of the hub's arguments and results, for hosts without reflection.</summary>
[JsonSerializable(typeof(object))]
[JsonSerializable(typeof(HubText))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(int))]
internal sealed partial class HubArgumentsContext : JsonSerializerContext;
