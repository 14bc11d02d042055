using Calls.Sample.Web.Client.SignIn;
using Calls.Signaling;
using Calls.Signaling.SignalR;
using Calls.Signaling.WebSockets;
using Microsoft.AspNetCore.Components;

namespace Calls.Sample.Web.Client.Calling;

/// <summary>
/// What carries the calls of a page: a WebSocket, or SignalR where the page's address says <c>?transport=signalr</c>. Both reach the same server, and call each
/// other. An app that knows its transport writes <c>UseWebSockets(…)</c> or <c>UseSignalR(…)</c> instead.
/// </summary>
internal static class Transports
{
    public static ISignalingChannel Open(IServiceProvider page)
    {
        var tab = page.GetRequiredService<TabSession>().Tab;
        var server = page.GetRequiredService<IServerConnection>();
        var loggers = page.GetService<ILoggerFactory>();
        var user = $"?user={Uri.EscapeDataString(tab.User!)}";
        if (!IsSignalR(page.GetRequiredService<NavigationManager>().Uri))
        {
            return new WebSocketChannel(
                new() { Url = new Uri(server.Address, $"calls{user}"), DeviceId = tab.Device, ConfigureSocket = server.Configure }, loggerFactory: loggers);
        }

        return new SignalRChannel(
            new SignalRChannelOptions { Url = new Uri(server.Address, $"calls/hub{user}"), DeviceId = tab.Device, ConfigureHttp = server.Configure },
            loggerFactory: loggers);
    }

    private static bool IsSignalR(string address)
        => new Uri(address).Query.TrimStart('?').Split('&').Contains("transport=signalr", StringComparer.OrdinalIgnoreCase);
}
