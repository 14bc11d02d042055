using Microsoft.Extensions.DependencyInjection;

namespace Calls.Signaling.WebSockets.Tests;

public sealed class RegistrationTests : RegistrationCases
{
    [Fact]
    public async Task The_registered_channel_is_this_one_and_it_connects()
    {
        await using var server = await ScriptedServer.StartedAsync();
        var services = new ServiceCollection();
        services.AddCalls().UseWebSockets(options => options.Url = server.Url);
        await using var provider = services.BuildServiceProvider();

        var channel = provider.GetRequiredService<ISignalingChannel>();
        await channel.ConnectAsync().InTime();

        channel.Should().BeOfType<WebSocketChannel>();
        provider.GetRequiredService<ISignalingChannel>().Should().BeSameAs(channel);
    }

    protected override void Use(ICallsBuilder builder, Uri? url, string? device) => builder.UseWebSockets(options =>
        (options.Url, options.DeviceId) = (url ?? options.Url, device ?? options.DeviceId));

    protected override void UseServices(ICallsBuilder builder, Func<IServiceProvider, Address> address) => builder.UseWebSockets((services, options) =>
        (options.Url, options.DeviceId) = (address(services).Url, address(services).Device));

    protected override string? DeviceOf(ISignalingChannel channel) => channel.Should().BeOfType<WebSocketChannel>().Which.DeviceId;
}
