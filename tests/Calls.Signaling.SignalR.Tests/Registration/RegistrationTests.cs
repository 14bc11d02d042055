using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Signaling.SignalR.Tests;

/// <summary>Each way to say <c>UseSignalR</c>, against a real server.</summary>
public sealed class RegistrationTests : RegistrationCases
{
    [Fact]
    public async Task The_registered_channel_is_this_one_and_it_connects()
    {
        await using var server = await HubServer.StartAsync();
        var services = new ServiceCollection();
        services.AddCalls().UseSignalR(options => options.Url = server.Hub("alice"));
        await using var provider = services.BuildServiceProvider();

        var channel = provider.GetRequiredService<ISignalingChannel>();
        await channel.ConnectAsync().InTime();

        channel.Should().BeOfType<SignalRChannel>();
        provider.GetRequiredService<ISignalingChannel>().Should().BeSameAs(channel);
        server.Presence.IsOnline("alice").Should().BeTrue();
    }

    [Fact]
    public async Task A_connection_of_the_app_stays_the_apps()
    {
        await using var server = await HubServer.StartAsync();
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(server.Address, "/chat?device=d1&user=alice")).Build();
        var services = new ServiceCollection();
        services.AddSingleton(hub);
        services.AddCalls().UseSignalR(scope => scope.GetRequiredService<HubConnection>());
        await hub.StartAsync().InTime();
        await using (var provider = services.BuildServiceProvider())
        {
            var channel = provider.GetRequiredService<ISignalingChannel>();
            await channel.ConnectAsync().InTime();
            server.Presence.IsOnline("alice").Should().BeTrue();
            await channel.DisposeAsync();
        }

        hub.State.Should().Be(HubConnectionState.Connected);
    }

    protected override void Use(ICallsBuilder builder, Uri? url, string? device) => builder.UseSignalR((SignalRChannelOptions options) =>
        (options.Url, options.DeviceId) = (url ?? options.Url, device ?? options.DeviceId));

    protected override void UseServices(ICallsBuilder builder, Func<IServiceProvider, Address> address) => builder.UseSignalR((services, options) =>
        (options.Url, options.DeviceId) = (address(services).Url, address(services).Device));

    protected override string? DeviceOf(ISignalingChannel channel) => channel.Should().BeOfType<SignalRChannel>().Which.DeviceId;
}
