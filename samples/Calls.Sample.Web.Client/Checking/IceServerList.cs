using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Calls.Signaling;

namespace Calls.Sample.Web.Client.Checking;

/// <summary>Asks the server which STUN and TURN servers this user has.</summary>
public sealed class IceServerList(IServerConnection server)
{
    /// <summary>The servers; null: the server cannot be reached.</summary>
    /// <exception cref="UnauthorizedAccessException">The server does not know this user any more.</exception>
    public async Task<IReadOnlyList<IceServer>?> ReadAsync(string me, CancellationToken cancellationToken)
    {
        using var http = server.CreateHttpClient();
        try
        {
            return await http.GetFromJsonAsync(
                new Uri($"ice-servers?user={Uri.EscapeDataString(me)}", UriKind.Relative), IceServerJson.Default.ListIceServer, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.StatusCode == HttpStatusCode.Unauthorized)
        {
            throw new UnauthorizedAccessException("The server does not know this user any more.", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(List<IceServer>))]
internal sealed partial class IceServerJson : JsonSerializerContext;
