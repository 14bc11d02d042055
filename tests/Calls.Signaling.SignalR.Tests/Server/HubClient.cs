using Microsoft.AspNetCore.SignalR.Client;

namespace Calls.Signaling.SignalR.Tests;

/// <summary>A channel, what it raises, and the app's connection where it is on one, which is started here.</summary>
internal sealed class HubClient : IAsyncDisposable
{
    private readonly Task _starting;

    public HubClient(SignalRChannel channel, HubConnection? connection)
    {
        (Channel, Connection) = (channel, connection);
        _starting = connection?.StartAsync() ?? Task.CompletedTask;
        Statuses = new(channel.Status);
        Messages = new(channel.Messages);
    }

    public SignalRChannel Channel { get; }

    public HubConnection? Connection { get; }

    public Recorder<ChannelStatus> Statuses { get; }

    public Recorder<SignalingMessage> Messages { get; }

    public async Task<HubClient> ConnectedAsync()
    {
        await Channel.ConnectAsync().InTime();
        (await Messages.NextAsync()).Should().BeOfType<WelcomeMessage>();
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync().InTime();
        await _starting.InTime();
        if (Connection is not null)
            await Connection.DisposeAsync().InTime();
    }
}
