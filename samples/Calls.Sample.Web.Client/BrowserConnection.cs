using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Connections.Client;

namespace Calls.Sample.Web.Client;

/// <summary>The page runs in the browser, which knows its server and sends its cookies.</summary>
internal sealed class BrowserConnection(string address) : IServerConnection
{
    public Uri Address { get; } = new(address);

    public HttpClient CreateHttpClient() => new() { BaseAddress = Address };

    public void Configure(ClientWebSocketOptions socket)
    {
        // The browser adds its own cookies.
    }

    public void Configure(HttpConnectionOptions hub)
    {
        // Here too.
    }
}
