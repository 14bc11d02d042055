using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Calls.Signaling.WebSockets.Tests;

public sealed class RegistrationTests
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

    [Fact]
    public async Task A_missing_address_stops_the_host_at_start_with_a_clear_sentence()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddCalls().UseWebSockets(_ => { });
        using var host = builder.Build();

        (await host.Invoking(it => it.StartAsync()).Should().ThrowAsync<OptionsValidationException>()).WithMessage("*Url is missing*");
    }

    [Fact]
    public async Task Options_may_come_from_the_services_of_the_scope()
    {
        var services = new ServiceCollection();
        services.AddScoped(_ => new Address(new Uri("https://example.com/calls"), Guid.NewGuid().ToString("N")));
        services.AddCalls().WithLifetime(ServiceLifetime.Scoped).UseWebSockets((scope, options) =>
            (options.Url, options.DeviceId) = (scope.GetRequiredService<Address>().Url, scope.GetRequiredService<Address>().Device));
        await using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });

        await using var one = provider.CreateAsyncScope();
        await using var other = provider.CreateAsyncScope();

        Device(one).Should().Be(one.ServiceProvider.GetRequiredService<Address>().Device).And.NotBe(Device(other));

        static string Device(AsyncServiceScope scope) => ((WebSocketChannel)scope.ServiceProvider.GetRequiredService<ISignalingChannel>()).DeviceId;
    }

    [Fact]
    public async Task Wrong_options_from_services_are_refused_when_the_channel_is_made()
    {
        var services = new ServiceCollection();
        services.AddCalls().UseWebSockets((_, options) => options.DeviceId = "no spaces");
        await using var provider = services.BuildServiceProvider();

        provider.Invoking(it => it.GetRequiredService<ISignalingChannel>()).Should().Throw<OptionsValidationException>()
            .WithMessage("*Url is missing*DeviceId*");
    }

    [Fact]
    public async Task Registering_twice_is_harmless_and_adds_to_the_options()
    {
        var services = new ServiceCollection();
        services.AddCalls().UseWebSockets(options => options.Url = new Uri("wss://example.com/calls"));
        services.AddCalls().UseWebSockets(options => options.DeviceId = "d1");
        await using var provider = services.BuildServiceProvider();

        provider.GetServices<ISignalingChannel>().Should().ContainSingle().Which.Should().BeOfType<WebSocketChannel>().Which.DeviceId.Should().Be("d1");
    }

    private sealed record Address(Uri Url, string Device);
}
