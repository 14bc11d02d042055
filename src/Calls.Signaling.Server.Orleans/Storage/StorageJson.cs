using System.Text.Json.Serialization;

namespace Calls.Signaling.Server.Orleans;

/// <summary>How calls and users are written down.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    Converters =
    [
        typeof(CallIdConverter), typeof(MessageConverter<CallMessage>), typeof(MessageConverter<CandidatesMessage>), typeof(ValueArrayConverter<Callee>),
        typeof(ValueArrayConverter<Leg>), typeof(ValueArrayConverter<KeptMessage>), typeof(ValueArrayConverter<CandidatesMessage>),
    ])]
[JsonSerializable(typeof(UserDocument))]
[JsonSerializable(typeof(CallDocument))]
[JsonSerializable(typeof(KeptDocument))]
[JsonSerializable(typeof(Callee))]
[JsonSerializable(typeof(Leg))]
[JsonSerializable(typeof(KeptMessage))]
[JsonSerializable(typeof(CandidatesMessage))]
internal sealed partial class StorageJson : JsonSerializerContext;
