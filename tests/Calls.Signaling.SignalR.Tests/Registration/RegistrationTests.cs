using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Calls.Signaling.SignalR.Tests;

/// <summary>Each way to say <c>UseSignalR</c>, against a real server.</summary>
public sealed class RegistrationTests
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
    public async Task A_missing_address_stops_the_host_at_start_with_a_clear_sentence()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddCalls().UseSignalR((SignalRChannelOptions _) => { });
        using var host = builder.Build();

        (await host.Invoking(it => it.StartAsync()).Should().ThrowAsync<OptionsValidationException>()).WithMessage("*Url is missing*");
    }

    [Fact]
    public async Task Options_may_come_from_the_services_of_the_scope()
    {
        var services = new ServiceCollection();
        services.AddScoped(_ => new Address(new Uri("https://example.com/calls/hub"), Guid.NewGuid().ToString("N")));
        services.AddCalls().WithLifetime(ServiceLifetime.Scoped).UseSignalR((scope, options) =>
            (options.Url, options.DeviceId) = (scope.GetRequiredService<Address>().Url, scope.GetRequiredService<Address>().Device));
        await using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });

        await using var one = provider.CreateAsyncScope();
        await using var other = provider.CreateAsyncScope();

        Device(one).Should().Be(one.ServiceProvider.GetRequiredService<Address>().Device).And.NotBe(Device(other));

        static string Device(AsyncServiceScope scope) => ((SignalRChannel)scope.ServiceProvider.GetRequiredService<ISignalingChannel>()).DeviceId!;
    }

    [Fact]
    public async Task Wrong_options_from_services_are_refused_when_the_channel_is_made()
    {
        var services = new ServiceCollection();
        services.AddCalls().UseSignalR((_, options) => options.DeviceId = "no spaces");
        await using var provider = services.BuildServiceProvider();

        provider.Invoking(it => it.GetRequiredService<ISignalingChannel>()).Should().Throw<OptionsValidationException>()
            .WithMessage("*Url is missing*DeviceId*");
    }

    [Fact]
    public async Task Registering_twice_is_harmless_and_adds_to_the_options()
    {
        var services = new ServiceCollection();
        services.AddCalls().UseSignalR(options => options.Url = new Uri("https://example.com/calls/hub"));
        services.AddCalls().UseSignalR(options => options.DeviceId = "d1");
        await using var provider = services.BuildServiceProvider();

        provider.GetServices<ISignalingChannel>().Should().ContainSingle().Which.Should().BeOfType<SignalRChannel>().Which.DeviceId.Should().Be("d1");
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

    private sealed record Address(Uri Url, string Device);
}
