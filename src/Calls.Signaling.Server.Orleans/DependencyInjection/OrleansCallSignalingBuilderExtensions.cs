using Calls.Signaling.Server;
using Calls.Signaling.Server.Orleans;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Storage;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets the calls of several servers be one.</summary>
public static class OrleansCallSignalingBuilderExtensions
{
    /// <summary>
    /// Keeps calls and users in the grains of this host's silo. Call it after everything else that configures the silo, or configure the silo in it.
    /// Where the silo has no membership yet, it is one server on <c>localhost</c> with everything in memory; <see cref="CallsSiloBuilderExtensions.UseRedisForCalls(ISiloBuilder, string)"/>
    /// makes it one of many.
    /// </summary>
    /// <param name="builder">What <c>AddCallSignaling</c> gave.</param>
    /// <param name="configure">Configures the silo.</param>
    /// <exception cref="InvalidOperationException">The silo has a membership of its own, and no grain storage named <see cref="CallStorage.Name"/>.</exception>
    public static ICallSignalingBuilder UseOrleans(this ICallSignalingBuilder builder, Action<ISiloBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;

        // First of all that configure it, so that the host has the last word.
        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<ClusterMembershipOptions>>(
            new ConfigureOptions<ClusterMembershipOptions>(CallsSiloBuilderExtensions.FindDeathSoon)));
        services.AddOrleans(silo =>
        {
            configure?.Invoke(silo);
            AddWhatIsMissing(silo);
        });
        services.TryAddSingleton<ClusterClock>();
        services.TryAddSingleton<ClusterView>();
        services.TryAddSingleton<Persistence>();
        services.TryAddSingleton<CallNode>();
        services.TryAddSingleton<CallGrainServices>();
        services.TryAddSingleton<ClusterCalls>();
        services.Replace(ServiceDescriptor.Singleton<ICallHome>(provider => provider.GetRequiredService<ClusterCalls>()));
        if (!services.Any(service => service.ServiceType == typeof(DeathWatch)))
        {
            services.AddSingleton<DeathWatch>();
            services.AddHostedService(provider => provider.GetRequiredService<ClusterCalls>());
            services.AddHostedService(provider => provider.GetRequiredService<DeathWatch>());
        }

        return builder;
    }

    private static void AddWhatIsMissing(ISiloBuilder silo)
    {
        var isStored = silo.Services.Any(service => service.ServiceType == typeof(IGrainStorage) && Equals(service.ServiceKey, CallStorage.Name));
        if (!silo.Services.Any(service => service.ServiceType == typeof(IMembershipTable)))
        {
            silo.UseLocalhostClustering();
            if (!isStored)
                silo.AddMemoryGrainStorage(CallStorage.Name);
        }
        else if (!isStored)
        {
            throw new InvalidOperationException(
                $"Give the silo a grain storage named '{CallStorage.Name}', as by AddRedisGrainStorage, before UseOrleans: calls in memory die with their server.");
        }
    }
}
