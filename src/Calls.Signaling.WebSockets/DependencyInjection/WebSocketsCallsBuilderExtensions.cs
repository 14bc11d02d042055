using Calls;
using Calls.Signaling.WebSockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Carries calls over a WebSocket.</summary>
public static class WebSocketsCallsBuilderExtensions
{
    /// <summary>Carries the messages over a WebSocket. Calling it again adds to the options.</summary>
    /// <param name="builder">What <c>AddCalls</c> gave.</param>
    /// <param name="configure">Sets the options; they are validated when the host starts.</param>
    public static ICallsBuilder UseWebSockets(this ICallsBuilder builder, Action<WebSocketChannelOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddOptions<WebSocketChannelOptions>().Configure(configure).ValidateOnStart();
        return Use(builder);
    }

    /// <summary>Carries the messages over a WebSocket whose options come from other services, as the address from a <c>NavigationManager</c>.</summary>
    /// <param name="builder">What <c>AddCalls</c> gave.</param>
    /// <param name="configure">Sets the options, once for each channel, with the services of the channel's own scope; they are validated when the channel is
    /// made, because that scope does not exist when the host starts.</param>
    public static ICallsBuilder UseWebSockets(this ICallsBuilder builder, Action<IServiceProvider, WebSocketChannelOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddOptions<WebSocketChannelOptions>().Configure<IServiceProvider>((options, services) => configure(services, options));
        return Use(builder);
    }

    private static ICallsBuilder Use(ICallsBuilder builder)
    {
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<WebSocketChannelOptions>, WebSocketChannelOptionsValidator>());
        // The factory, not IOptions: that one belongs to the app, and would see none of the scope's services.
        return builder.UseSignaling(services => new WebSocketChannel(
            services.GetRequiredService<IOptionsFactory<WebSocketChannelOptions>>().Create(Options.Options.DefaultName),
            services.GetService<TimeProvider>(),
            services.GetService<ILoggerFactory>()));
    }
}
