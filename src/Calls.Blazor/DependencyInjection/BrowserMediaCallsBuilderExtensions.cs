using Calls;
using Calls.Blazor;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses the browser as the media engine.</summary>
public static class BrowserMediaCallsBuilderExtensions
{
    /// <summary>
    /// Calls use the browser's own WebRTC. Channel, engine and manager then live as long as a scope: on Blazor Server each circuit has its own
    /// call, and on WebAssembly the scope is the app.
    /// </summary>
    /// <param name="builder">What <c>AddCalls</c> gave.</param>
    /// <param name="configure">Sets the options; they are validated when the host starts.</param>
    public static ICallsBuilder UseBrowserMedia(this ICallsBuilder builder, Action<BrowserMediaOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (configure is not null)
            builder.Services.Configure(configure);
        builder.Services.AddOptions<BrowserMediaOptions>().ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BrowserMediaOptions>, BrowserMediaOptionsValidator>());
        return builder
            .WithLifetime(ServiceLifetime.Scoped)
            .UseMedia(provider => new BrowserMediaSource(
                provider.GetRequiredService<IJSRuntime>(),
                provider.GetRequiredService<IOptions<BrowserMediaOptions>>().Value,
                provider.GetService<ILogger<BrowserMediaSource>>()));
    }
}
