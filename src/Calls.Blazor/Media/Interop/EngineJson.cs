using System.Text.Json;
using System.Text.Json.Serialization;
using Calls.Signaling;

namespace Calls.Blazor.Interop;

/// <summary>What a function of the module answers: a value, or a failure.</summary>
internal sealed record Reply(JsonElement Value, Failure? Error);

/// <summary>A JavaScript error by name.</summary>
internal sealed record Failure(string Name, string Message);

internal sealed record OpenRequest(bool Video, bool Muted, CameraQuality Quality);

internal sealed record CameraQuality(int Width, int Height, int FrameRate);

internal sealed record OpenedDevices(string Video, Failure? VideoFailure, bool SharesScreen = false);

internal sealed record ListedDevice(string Kind, string Id, string Label);

internal sealed record ConnectOptions(IReadOnlyList<IceServer> IceServers, bool RelayOnly);

internal sealed record StatisticsReply(
    double? RoundTripSeconds,
    long? PacketsSent,
    long? PacketsReceived,
    long? PacketsLost,
    long? BytesSent,
    long? BytesReceived,
    bool? IsRelayed);

/// <summary>One event, and the number of the devices or session that raised it.</summary>
internal sealed record EngineEvent(int Id, JsonElement Event);

/// <summary>The shapes that cross into JavaScript and back. Everything crosses as <see cref="JsonElement"/>, so nothing here needs reflection
/// and trimming takes nothing away.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Reply))]
[JsonSerializable(typeof(OpenRequest))]
[JsonSerializable(typeof(OpenedDevices))]
[JsonSerializable(typeof(ConnectOptions))]
[JsonSerializable(typeof(StatisticsReply))]
[JsonSerializable(typeof(EngineEvent[]))]
[JsonSerializable(typeof(ListedDevice[]))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyList<IceCandidate>))]
internal sealed partial class EngineJson : JsonSerializerContext;
