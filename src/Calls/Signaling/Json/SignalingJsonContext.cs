using System.Text.Json.Serialization;

namespace Calls.Signaling;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = SignalingJson.MaxDepth,
    Converters = [typeof(CallIdJsonConverter)])]
[JsonSerializable(typeof(SignalingMessage))]
internal sealed partial class SignalingJsonContext : JsonSerializerContext;
