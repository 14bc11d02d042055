using Calls;
using Calls.Signaling.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Carries calls over SignalR.</summary>
public static class SignalRCallsBuilderExtensions
{
    /// <summary>Carries the messages over a SignalR connection of the channel's own. Calling it again adds to the options.</summary>
    /// <param name="builder">What <c>AddCalls</c> gave.</param>
    /// <param name="configure">Sets the options; they are validated when the host starts.</param>
    public static ICallsBuilder UseSignalR(this ICallsBuilder builder, Action<SignalRChannelOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddOptions<SignalRChannelOptions>().Configure(configure).ValidateOnStart();
        return Use(builder);
    }

    /// <summary>Carries the messages over a SignalR connection whose options come from other services, as the address from a
    /// <c>NavigationManager</c>.</summary>
    /// <param name="builder">What <c>AddCalls</c> gave.</param>
    /// <param name="configure">Sets the options, once for each channel, with the services of the channel's own scope; they are validated when the channel is
    /// made, because that scope does not exist when the host starts.</param>
    public static ICallsBuilder UseSignalR(this ICallsBuilder builder, Action<IServiceProvider, SignalRChannelOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddOptions<SignalRChannelOptions>().Configure<IServiceProvider>((options, services) => configure(services, options));
        return Use(builder);
    }

    /// <summary>Carries the messages over the SignalR connection that the app already has, which stays the app's: it starts it, stops it and disposes of
    /// it. Its hub forwards to <c>CallHubConnections</c>, and its address names the device (<c>?device=</c>).</summary>
    /// <param name="builder">What <c>AddCalls</c> gave.</param>
    /// <param name="connection">Finds the connection in the services of the channel's own scope.</param>
    public static ICallsBuilder UseSignalR(this ICallsBuilder builder, Func<IServiceProvider, HubConnection> connection)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(connection);
        return builder.UseSignaling(services => new SignalRChannel(
            connection(services), options: null, services.GetService<TimeProvider>(), services.GetService<ILoggerFactory>()));
    }

    private static ICallsBuilder Use(ICallsBuilder builder)
    {
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SignalRChannelOptions>, SignalRChannelOptionsValidator>());
        // The factory, not IOptions: that one belongs to the app, and would see none of the scope's services.
        return builder.UseSignaling(services => new SignalRChannel(
            services.GetRequiredService<IOptionsFactory<SignalRChannelOptions>>().Create(Options.Options.DefaultName),
            services.GetService<TimeProvider>(),
            services.GetService<ILoggerFactory>()));
    }
}
