using Calls.Signaling.Server;
using Microsoft.AspNetCore.SignalR;

namespace Calls.Signaling.SignalR.Tests;

/// <summary>A hub that an app has already, with calls added to it.</summary>
public sealed class ChatHub(CallHubConnections calls) : Hub
{
    public string Say(string text) => Context.ConnectionAborted.IsCancellationRequested ? "" : text.ToUpperInvariant();

    public Task<int> Join() => calls.JoinAsync(this);

    public Task Leave() => calls.LeaveAsync(this);

    public Task Send(object? message) => calls.ReceiveAsync(this, message);

    public override Task OnDisconnectedAsync(Exception? exception) => calls.LeaveAsync(this);
}
