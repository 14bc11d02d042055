using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.JSInterop;

namespace Calls.Blazor.Checks;

/// <summary>Something that the browser found out about one address.</summary>
/// <param name="Question">Which address, from 0.</param>
/// <param name="Kind"><c>candidate</c>, <c>error</c>, <c>echo</c> (a word came back through the relay), <c>refused</c> (by the browser itself), <c>over</c>.</param>
/// <param name="After">Milliseconds since the question.</param>
/// <param name="Text">The candidate's line, the error's text, or the milliseconds that the word took.</param>
/// <param name="Code">The error's number: the server's own (RFC 8489, section 14.8), or 701 where the server was not reached.</param>
internal sealed record IceFinding(int Question, string Kind, double After, string? Text = null, int Code = 0);

/// <summary>An address to be tried; an empty one: what the browser has without a server.</summary>
internal sealed record IceQuestion(string Url, string? Username = null, string? Credential = null);

/// <summary>The ear of <c>calls-ice-check.js</c>.</summary>
internal sealed class IceFindings(Action<IceFinding> take)
{
    [JSInvokable]
    public void OnFound(JsonElement finding)
    {
        if (finding.Deserialize(IceCheckJson.Default.IceFinding) is { } found)
            take(found);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IceFinding))]
[JsonSerializable(typeof(IReadOnlyList<IceQuestion>))]
internal sealed partial class IceCheckJson : JsonSerializerContext;
