using Calls.Signaling.Server;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Signaling.SignalR.Tests;

public sealed class RefusalTests
{
    [Theory]
    [InlineData(HubKind.Json)]
    [InlineData(HubKind.HostsJson)]
    [InlineData(HubKind.HostsMessagePack)]
    public async Task X6_nobody_is_refused_and_the_channel_closes(HubKind kind)
    {
        await using var server = await HubServer.StartAsync();
        await using var client = server.Client(kind, "", "a1");

        var refusal = await client.Channel.Invoking(channel => channel.ConnectAsync().InTime()).Should().ThrowAsync<SignalingException>();

        refusal.Which.IsRefused.Should().BeTrue();
        (await client.Statuses.UntilAsync(ChannelState.Closed)).Error.Should().BeOfType<SignalingException>().Which.Message.Should().Contain("401");
        server.Presence.Online.Should().BeEmpty();
    }

    [Fact]
    public async Task A_token_is_asked_for_each_connection_and_sent()
    {
        await using var server = await HubServer.StartAsync();
        var asked = 0;
        await using var client = await server.Client(HubKind.Json, "alice", "a1", configure: options =>
            options.AccessTokenProvider = _ => new($"token-{++asked}")).ConnectedAsync();
        server.Authorization.Should().Be("Bearer token-1");

        server.Cut();
        await client.Statuses.UntilAsync(ChannelState.Reconnecting);
        await client.Statuses.UntilAsync(ChannelState.Connected);

        server.Authorization.Should().Be("Bearer token-2");
    }

    [Fact]
    public async Task A_token_provider_that_gives_up_closes_the_channel()
    {
        await using var server = await HubServer.StartAsync();
        await using var client = server.Client(HubKind.Json, "alice", "a1", configure: options =>
            options.AccessTokenProvider = _ => throw new SignalingException("Signed out.") { IsRefused = true });

        await client.Channel.Invoking(channel => channel.ConnectAsync().InTime()).Should().ThrowAsync<SignalingException>();

        await client.Statuses.UntilAsync(ChannelState.Closed);
        server.Negotiations.Should().Be(0);
    }

    [Theory]
    [InlineData(HubKind.Json)]
    [InlineData(HubKind.MessagePack)]
    [InlineData(HubKind.HostsJson)]
    public async Task B30_a_device_that_connects_again_takes_the_place_of_the_older_connection(HubKind kind)
    {
        await using var server = await HubServer.StartAsync();
        await using var older = await server.Client(kind, "alice", "a1").ConnectedAsync();

        await using var newer = await server.Client(HubKind.Json, "alice", "a1").ConnectedAsync();

        var closed = await older.Statuses.UntilAsync(ChannelState.Closed);
        closed.Error.Should().BeOfType<SignalingException>().Which.Code.Should().Be(ErrorCodes.Superseded);
        await newer.Channel.SendAsync(new PingMessage()).AsTask().InTime();
        (await newer.Messages.NextAsync()).Should().BeOfType<PongMessage>();
        if (older.Connection is { } apps)
            (await Say(apps)).Should().Be("STILL HERE", "the app's connection is the app's");
    }

    [Theory]
    [InlineData(HubKind.HostsJson)]
    [InlineData(HubKind.HostsMessagePack)]
    public async Task A_channel_on_the_apps_connection_leaves_it_up_and_takes_part_again(HubKind kind)
    {
        await using var server = await HubServer.StartAsync();
        await using var client = await server.Client(kind, "alice", "a1").ConnectedAsync();

        await client.Channel.DisposeAsync().InTime();

        // Invocations of a connection are taken in order: Leave came before.
        (await Say(client.Connection!)).Should().Be("STILL HERE");
        server.Presence.IsOnline("alice").Should().BeFalse();
        await using SignalRChannel again = new(client.Connection!);
        await again.ConnectAsync().InTime();
        server.Presence.IsOnline("alice").Should().BeTrue();
    }

    [Fact]
    public async Task The_apps_own_automatic_reconnect_brings_the_calls_back()
    {
        await using var server = await HubServer.StartAsync();
        await using var client = await server.Client(HubKind.HostsJson, "alice", "a1").ConnectedAsync();

        server.Cut();

        await client.Statuses.UntilAsync(ChannelState.Reconnecting);
        await client.Statuses.UntilAsync(ChannelState.Connected);
        (await client.Messages.NextAsync()).Should().BeOfType<WelcomeMessage>();
    }

    [Theory]
    [InlineData(ErrorCodes.SlowReader)]
    [InlineData(ErrorCodes.TooLarge)]
    [InlineData(ErrorCodes.AuthenticationExpired)]
    [InlineData(ErrorCodes.Unavailable)]
    [InlineData(ErrorCodes.ServerStopping)]
    public async Task Where_calls_leave_the_apps_connection_the_channel_takes_part_again(string code)
    {
        await using var server = await HubServer.StartAsync();
        await using var client = await server.Client(HubKind.HostsJson, "alice", "a1").ConnectedAsync();
        var connection = (QueuedConnection)server.Services.GetRequiredService<ConnectionRegistry>().Find(new DeviceKey("alice", "a1"))!;

        connection.Close(new ErrorMessage { Code = code });

        (await client.Messages.NextAsync()).Should().BeOfType<ErrorMessage>().Which.Code.Should().Be(code);
        await client.Statuses.UntilAsync(ChannelState.Reconnecting);
        await client.Statuses.UntilAsync(ChannelState.Connected);
        (await client.Messages.NextAsync()).Should().BeOfType<WelcomeMessage>();
    }

    private static async Task<string> Say(Microsoft.AspNetCore.SignalR.Client.HubConnection connection)
        => (string)(await connection.InvokeCoreAsync("Say", typeof(string), ["still here"]).InTime())!;
}
