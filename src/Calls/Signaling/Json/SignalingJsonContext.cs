using System.Text.Json.Serialization;

namespace Calls.Signaling;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = SignalingJson.MaxDepth,
    Converters = [typeof(CallIdJsonConverter), typeof(NegotiateKindJsonConverter)])]
[JsonSerializable(typeof(SignalingMessage))]
[JsonSerializable(typeof(Party))]
internal sealed partial class SignalingJsonContext : JsonSerializerContext;
