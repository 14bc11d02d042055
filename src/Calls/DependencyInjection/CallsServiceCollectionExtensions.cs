using Calls;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds calls to a host.</summary>
public static class CallsServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="ICallManager"/> and <see cref="ICallManagerFactory"/>. Calling it again is harmless: the options add up, and the same
    /// builder comes back.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options; they are validated when the host starts.</param>
    public static ICallsBuilder AddCalls(this IServiceCollection services, Action<CallOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (configure is not null)
            services.Configure(configure);
        var known = services.FirstOrDefault(service => service.ServiceType == typeof(CallsBuilder))?.ImplementationInstance as CallsBuilder;
        if (known is not null)
            return known;

        var builder = new CallsBuilder(services);
        services.AddSingleton(builder);
        services.AddOptions<CallOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CallOptions>, CallOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ICallManagerFactory>(provider => new CallManagerFactory(
            provider.GetRequiredService<IOptions<CallOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance));
        return builder.Register();
    }
}
