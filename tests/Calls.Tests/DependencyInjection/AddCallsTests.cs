using Calls.Tests.Manager;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Calls.Tests.DependencyInjection;

public class AddCallsTests
{
    [Fact]
    public async Task Adds_one_manager_an_app_by_default()
    {
        var services = new ServiceCollection();
        services.AddCalls().UseSignaling(_ => new ScriptedChannel()).UseMedia(_ => new ScriptedMedia());
        await using var provider = services.BuildServiceProvider(validateScopes: true);
        provider.GetRequiredService<ICallManager>().Should().BeSameAs(provider.GetRequiredService<ICallManager>());
    }

    [Fact]
    public async Task Adds_one_manager_a_scope_where_asked()
    {
        var services = new ServiceCollection();
        services.AddCalls().UseSignaling(_ => new ScriptedChannel()).UseMedia(_ => new ScriptedMedia()).WithLifetime(ServiceLifetime.Scoped);
        await using var provider = services.BuildServiceProvider(validateScopes: true);
        await using var one = provider.CreateAsyncScope();
        await using var two = provider.CreateAsyncScope();
        var manager = one.ServiceProvider.GetRequiredService<ICallManager>();
        manager.Should().BeSameAs(one.ServiceProvider.GetRequiredService<ICallManager>());
        manager.Should().NotBeSameAs(two.ServiceProvider.GetRequiredService<ICallManager>());
    }

    [Fact]
    public void Adding_twice_is_harmless_and_the_options_add_up()
    {
        var services = new ServiceCollection();
        var first = services.AddCalls(options => options.RingTimeout = TimeSpan.FromSeconds(10));
        services.AddCalls(options => options.RelayOnly = true).Should().BeSameAs(first);
        services.Count(service => service.ServiceType == typeof(ICallManager)).Should().Be(1);
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IOptions<CallOptions>>().Value.Should().BeEquivalentTo(new { RingTimeout = TimeSpan.FromSeconds(10), RelayOnly = true });
    }

    [Fact]
    public void A_missing_transport_or_engine_is_said_in_one_sentence()
    {
        var services = new ServiceCollection();
        services.AddCalls().UseMedia(_ => new ScriptedMedia());
        using var provider = services.BuildServiceProvider();
        provider.Invoking(p => p.GetRequiredService<ICallManager>()).Should().Throw<InvalidOperationException>().WithMessage("*signaling transport*UseWebSockets*");
    }

    [Fact]
    public async Task The_factory_makes_managers_that_are_independent()
    {
        var services = new ServiceCollection();
        services.AddCalls();
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<ICallManagerFactory>();
        await using var one = factory.Create(new ScriptedChannel(), new ScriptedMedia());
        await using var two = factory.Create(new ScriptedChannel(), new ScriptedMedia());
        await one.StartOutgoingAsync("bob", false);
        two.Current.State.Should().Be(CallState.Idle);
    }

    [Theory]
    [InlineData(nameof(CallOptions.OutgoingTimeout), 0)]
    [InlineData(nameof(CallOptions.RingTimeout), 601)]
    [InlineData(nameof(CallOptions.ConnectTimeout), 301)]
    [InlineData(nameof(CallOptions.ReconnectAfter), -1)]
    [InlineData(nameof(CallOptions.ReconnectTimeout), 0)]
    [InlineData(nameof(CallOptions.EndedLinger), 3601)]
    public void An_option_out_of_its_range_is_refused_by_name_with_and_without_a_host(string option, int seconds)
    {
        var options = new CallOptions();
        var property = typeof(CallOptions).GetProperty(option)!;
        property.SetValue(options, TimeSpan.FromSeconds(seconds));
        var withoutHost = () => new CallManager(new ScriptedChannel(), new ScriptedMedia(), options);
        withoutHost.Should().Throw<OptionsValidationException>().WithMessage($"*{option}*");

        var services = new ServiceCollection();
        services.AddCalls(o => property.SetValue(o, TimeSpan.FromSeconds(seconds)));
        using var provider = services.BuildServiceProvider();
        provider.Invoking(p => p.GetRequiredService<IStartupValidator>().Validate()).Should().Throw<OptionsValidationException>().WithMessage($"*{option}*");
    }

    [Fact]
    public void An_ice_server_that_is_none_is_refused()
    {
        var options = new CallOptions { MaxEarlyCandidates = 0, IceServers = { new() { Urls = ["https://example.org"] } } };
        var make = () => new CallManager(new ScriptedChannel(), new ScriptedMedia(), options);
        make.Should().Throw<OptionsValidationException>().Which.Failures.Should().HaveCount(2);
    }
}
