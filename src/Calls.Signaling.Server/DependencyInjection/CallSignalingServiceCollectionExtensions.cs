using Calls.Signaling.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the signaling server to a host.</summary>
public static class CallSignalingServiceCollectionExtensions
{
    /// <summary>Adds the signaling server, which keeps its calls in memory. Calling it again is harmless: the options add up, and the same builder
    /// comes back.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options; they are validated when the host starts.</param>
    public static ICallSignalingBuilder AddCallSignaling(this IServiceCollection services, Action<CallSignalingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
            services.Configure(configure);
        var known = services.FirstOrDefault(service => service.ServiceType == typeof(CallSignalingBuilder))?.ImplementationInstance;
        if (known is CallSignalingBuilder same)
            return same;

        var builder = new CallSignalingBuilder(services);
        services.AddSingleton(builder);
        services.AddOptions<CallSignalingOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CallSignalingOptions>, CallSignalingOptionsValidator>());
        services.Configure<LoggerFilterOptions>(KeepQueryStringsOutOfLogs);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ICallDirectory, DirectCallDirectory>();
        services.TryAddSingleton<IIceServerProvider, OptionsIceServerProvider>();
        services.AddMetrics();
        services.TryAddSingleton<SignalingInstruments>();
        services.TryAddSingleton<CallWatch>();
        services.TryAddSingleton<ConnectionRegistry>();
        services.TryAddSingleton<ICallPresence>(provider => provider.GetRequiredService<ConnectionRegistry>());
        services.TryAddSingleton<UserLimits>();
        services.TryAddSingleton<AppKnowledge>();
        services.TryAddSingleton<LocalCalls>();
        services.TryAddSingleton<ICallHome>(provider => provider.GetRequiredService<LocalCalls>());
        services.TryAddSingleton<CallRouter>();
        services.TryAddSingleton<ICallRouter>(provider => provider.GetRequiredService<CallRouter>());
        services.TryAddSingleton<ConnectionTerms>();
        services.TryAddSingleton<ConnectionCheck>();
        services.TryAddSingleton<MessageIntake>();
        services.TryAddSingleton<CallWebSocketHandler>();
        services.AddSingleton<Farewell>();
        services.AddHostedService(provider => provider.GetRequiredService<Farewell>());
        CallHubServices.Add(services);
        return builder;
    }

    /// <summary>Browsers cannot set a header on a WebSocket, so tokens travel in its query string, and the host's own line for each request
    /// would write it down.</summary>
    private static void KeepQueryStringsOutOfLogs(LoggerFilterOptions filters)
        => filters.Rules.Add(new LoggerFilterRule(
            providerName: null, "Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning, filter: null));
}
