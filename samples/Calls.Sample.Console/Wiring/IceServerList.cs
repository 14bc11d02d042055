using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Calls.Signaling;

namespace Calls.Sample.Console.Wiring;

/// <summary>Asks the web sample's server which STUN and TURN servers a user has.</summary>
internal static class IceServerList
{
    /// <summary>The servers; null: the server cannot be reached, or does not tell.</summary>
    public static async Task<IReadOnlyList<IceServer>?> ReadAsync(Account account, CancellationToken cancellationToken)
    {
        using HttpClient http = new();
        try
        {
            return await http.GetFromJsonAsync(account.IceServers, IceServerJson.Default.ListIceServer, cancellationToken);
        }
        catch (Exception trouble) when (trouble is HttpRequestException or JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(List<IceServer>))]
internal sealed partial class IceServerJson : JsonSerializerContext;
