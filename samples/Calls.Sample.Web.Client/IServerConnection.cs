using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Connections.Client;

namespace Calls.Sample.Web.Client;

/// <summary>How this page reaches its server: from the browser on WebAssembly, from the server itself on Blazor Server.</summary>
public interface IServerConnection
{
    /// <summary>Where the server is.</summary>
    Uri Address { get; }

    /// <summary>A client whose relative addresses are the server's.</summary>
    HttpClient CreateHttpClient();

    /// <summary>Gives a WebSocket what the browser would give it.</summary>
    void Configure(ClientWebSocketOptions socket);

    /// <summary>Gives a SignalR connection what the browser would give it.</summary>
    void Configure(HttpConnectionOptions hub);
}
