using System.Text.Json;
using System.Text.Json.Serialization;

namespace Calls.Signaling;

/// <summary>Writes <c>off</c>, <c>camera</c> or <c>screen</c>; reads any other text as <c>off</c>, so that a newer peer does no harm.</summary>
internal sealed class VideoSourceJsonConverter : JsonConverter<VideoSource>
{
    public override VideoSource Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType switch
        {
            JsonTokenType.String when reader.ValueTextEquals("camera") => VideoSource.Camera,
            JsonTokenType.String when reader.ValueTextEquals("screen") => VideoSource.Screen,
            JsonTokenType.String => VideoSource.Off,
            _ => throw new JsonException("video is 'off', 'camera' or 'screen'."),
        };

    public override void Write(Utf8JsonWriter writer, VideoSource value, JsonSerializerOptions options)
        => writer.WriteStringValue(value switch
        {
            VideoSource.Camera => "camera",
            VideoSource.Screen => "screen",
            _ => "off",
        });
}
