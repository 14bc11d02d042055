using Microsoft.AspNetCore.SignalR;

namespace Calls.Load;

/// <summary>The least that a hub does with a message: sends it back.</summary>
internal sealed class EchoHub : Hub
{
    public Task Send(object? message) => Clients.Caller.SendAsync("Receive", message);
}
