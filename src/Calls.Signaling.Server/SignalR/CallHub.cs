using Microsoft.AspNetCore.SignalR;

namespace Calls.Signaling.Server;

/// <summary>The hub behind <c>MapCallHub</c>: calls and nothing else.</summary>
internal sealed class CallHub(CallHubConnections calls) : Hub
{
    /// <summary>What clients are invoked by.</summary>
    public const string Receive = nameof(Receive);

    public override Task OnConnectedAsync() => calls.JoinAsync(this, isOurs: true);

    public Task<int> Join() => calls.JoinAsync(this, isOurs: true);

    public Task Leave() => calls.LeaveAsync(this);

    public Task Send(object? message) => calls.ReceiveAsync(this, message);

    public override Task OnDisconnectedAsync(Exception? exception) => calls.LeaveAsync(this);
}
