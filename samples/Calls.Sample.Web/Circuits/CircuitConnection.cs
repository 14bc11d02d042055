using System.Net.WebSockets;
using Calls.Sample.Web.Client;
using Calls.Sample.Web.SignIn;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.Http.Features;

namespace Calls.Sample.Web.Circuits;

/// <summary>On Blazor Server the page's code runs here: the call's WebSocket goes from this server to itself, with the browser's names.</summary>
internal sealed class CircuitConnection(IServer server, AuthenticationStateProvider authentication, SignInCookie cookie) : IServerConnection
{
    public Uri Address { get; } = OwnAddress.From(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses);

    public HttpClient CreateHttpClient()
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = Address };
        http.DefaultRequestHeaders.Add("Cookie", Cookie());
        return http;
    }

    public void Configure(ClientWebSocketOptions socket) => socket.SetRequestHeader("Cookie", Cookie());

    public void Configure(HttpConnectionOptions hub) => hub.Headers["Cookie"] = Cookie();

    private string Cookie() => $"{SignInCookie.Name}={cookie.Write(Names())}";

    // A circuit knows its browser from its first moment, so the task has always ended.
    private List<PersonName> Names()
    {
        var state = authentication.GetAuthenticationStateAsync();
        return state.IsCompletedSuccessfully ? [.. SampleSignInHandler.NamesOf(state.Result.User)] : [];
    }
}
