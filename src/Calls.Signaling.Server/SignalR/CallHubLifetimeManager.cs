using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging;

namespace Calls.Signaling.Server;

/// <summary>
/// SignalR's own for one server, whatever the app has for its hubs: nothing of calls is sent to users or groups, so that there is nothing for a backplane to carry. It is here because SignalR
/// shows a client's connection to this class alone.
/// </summary>
internal sealed class CallHubLifetimeManager(ILogger<DefaultHubLifetimeManager<CallHub>> log) : DefaultHubLifetimeManager<CallHub>(log)
{
    private InvocationFrame? _frame;

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        // A stateful reconnect repeats what SignalR itself has written; and MessagePack's frame holds its length.
        if (connection.Protocol is JsonHubProtocol json && !IsStateful(connection.Features))
            connection.Features.Set(new FramedClient(connection, _frame ??= new InvocationFrame(json)));
        return base.OnConnectedAsync(connection);
    }

    // The interface is a preview: who names it in code breaks when it changes.
    private static bool IsStateful(IFeatureCollection features) => features.Any(feature => feature.Key.Name == "IStatefulReconnectFeature");
}
