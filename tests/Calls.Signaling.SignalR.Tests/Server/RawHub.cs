using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Signaling.SignalR.Tests;

/// <summary>A bare SignalR client of the hub, as another language would have it.</summary>
internal sealed class RawHub : IAsyncDisposable
{
    private readonly Channel<SignalingMessage> _messages = Channel.CreateUnbounded<SignalingMessage>();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RawHub(HubConnection connection)
    {
        Connection = connection;
        connection.On<object>("Receive", argument =>
        {
            SignalingArgument.TryGetUtf8(argument, out var utf8).Should().BeTrue();
            SignalingJson.TryParse(utf8, out var message, out var error).Should().BeTrue(error);
            _messages.Writer.TryWrite(message!);
        });
        connection.Closed += _ =>
        {
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    public HubConnection Connection { get; }

    public Task Closed => _closed.Task;

    public static async Task<RawHub> ConnectAsync(HubServer server, string user, bool binary)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(server.Address, $"/calls/hub?user={user}&device=d1"));
        if (binary)
            builder.AddMessagePackProtocol();
        RawHub hub = new(builder.Build());
        await hub.Connection.StartAsync().InTime();
        (await hub.NextAsync()).Should().BeOfType<WelcomeMessage>();
        return hub;
    }

    public Task<SignalingMessage> NextAsync() => _messages.Reader.ReadAsync().AsTask().InTime();

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
