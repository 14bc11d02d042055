using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>What a host writes, right and wrong.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public void A_silo_of_many_without_a_storage_for_calls_is_refused_at_once_and_told_what_is_missing()
    {
        var calls = WebApplication.CreateSlimBuilder().Services.AddCallSignaling();

        var wrong = () => calls.UseOrleans(silo => silo.UseRedisClustering("127.0.0.1:6379"));

        wrong.Should().Throw<InvalidOperationException>().WithMessage($"*'{CallStorage.Name}'*before UseOrleans*");
    }

    [Fact]
    public async Task A_host_that_configures_its_own_silo_first_keeps_it()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var (silo, gateway) = (ServerPort.Free(), ServerPort.Free());
        builder.Host.UseOrleans(own => own.UseLocalhostClustering(silo, gateway, serviceId: "shop").AddMemoryGrainStorage(CallStorage.Name));
        builder.Services.AddCallSignaling().UseOrleans();
        await using var app = builder.Build();

        await app.StartAsync();

        app.Services.GetRequiredService<global::Orleans.Runtime.ILocalSiloDetails>().SiloAddress.Endpoint.Port.Should().Be(silo);
        app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<global::Orleans.Configuration.ClusterOptions>>().Value.ServiceId.Should().Be("shop");
        await app.StopAsync();
    }

    [Fact]
    public async Task To_say_it_twice_is_to_say_it_once()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Services.AddCallSignaling().UseOrleans(silo => silo.UseLocalhostClustering(ServerPort.Free(), ServerPort.Free()).AddMemoryGrainStorage(CallStorage.Name)).UseOrleans();
        await using var app = builder.Build();

        await app.StartAsync();

        app.Services.GetServices<IHostedService>().OfType<ClusterCalls>().Should().ContainSingle();
        await app.StopAsync();
    }
}
