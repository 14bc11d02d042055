using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Calls.Signaling.WebSockets.Tests;

/// <summary>What holds for the registration of every channel that has an address and a device.</summary>
public abstract class RegistrationCases
{
    private static readonly Uri Somewhere = new("https://example.com/calls");

    [Fact]
    public async Task A_missing_address_stops_the_host_at_start_with_a_clear_sentence()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        Use(builder.Services.AddCalls(), url: null, device: null);
        using var host = builder.Build();

        (await host.Invoking(it => it.StartAsync()).Should().ThrowAsync<OptionsValidationException>()).WithMessage("*Url is missing*");
    }

    [Fact]
    public async Task Options_may_come_from_the_services_of_the_scope()
    {
        var services = new ServiceCollection();
        services.AddScoped(_ => new Address(Somewhere, Guid.NewGuid().ToString("N")));
        UseServices(services.AddCalls().WithLifetime(ServiceLifetime.Scoped), scope => scope.GetRequiredService<Address>());
        await using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });

        await using var one = provider.CreateAsyncScope();
        await using var other = provider.CreateAsyncScope();

        Device(one).Should().Be(one.ServiceProvider.GetRequiredService<Address>().Device).And.NotBe(Device(other));

        string? Device(AsyncServiceScope scope) => DeviceOf(scope.ServiceProvider.GetRequiredService<ISignalingChannel>());
    }

    [Fact]
    public async Task Wrong_options_from_services_are_refused_when_the_channel_is_made()
    {
        var services = new ServiceCollection();
        UseServices(services.AddCalls(), _ => new Address(null, "no spaces"));
        await using var provider = services.BuildServiceProvider();

        provider.Invoking(it => it.GetRequiredService<ISignalingChannel>()).Should().Throw<OptionsValidationException>()
            .WithMessage("*Url is missing*DeviceId*");
    }

    [Fact]
    public async Task Registering_twice_is_harmless_and_adds_to_the_options()
    {
        var services = new ServiceCollection();
        Use(services.AddCalls(), Somewhere, device: null);
        Use(services.AddCalls(), url: null, "d1");
        await using var provider = services.BuildServiceProvider();

        DeviceOf(provider.GetServices<ISignalingChannel>().Should().ContainSingle().Subject).Should().Be("d1");
    }

    /// <summary>Registers the channel, and sets those options that are given.</summary>
    protected abstract void Use(ICallsBuilder builder, Uri? url, string? device);

    /// <summary>Registers the channel with options from services.</summary>
    protected abstract void UseServices(ICallsBuilder builder, Func<IServiceProvider, Address> address);

    /// <summary>The device of a channel, which is one of this kind.</summary>
    protected abstract string? DeviceOf(ISignalingChannel channel);

    /// <summary>Where a channel connects to, and as which device.</summary>
    protected sealed record Address(Uri? Url, string Device);
}
