using Calls;
using Calls.Media.WebRtc;
using Calls.Media.WebRtc.Session;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses the managed WebRTC engine.</summary>
public static class WebRtcMediaCallsBuilderExtensions
{
    /// <summary>Calls use the managed WebRTC engine. Calling it again adds to the options.</summary>
    /// <param name="builder">What <c>AddCalls</c> gave.</param>
    /// <param name="configure">Sets the options, such as microphone and loudspeaker; they are validated when the host starts.</param>
    public static ICallsBuilder UseWebRtcMedia(this ICallsBuilder builder, Action<WebRtcMediaOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (configure is not null)
            builder.Services.Configure(configure);
        builder.Services.AddOptions<WebRtcMediaOptions>().ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebRtcMediaOptions>, WebRtcMediaOptionsValidator>());
        return builder.UseMedia(provider => new WebRtcMediaSource(
            provider.GetRequiredService<IOptions<WebRtcMediaOptions>>().Value,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILogger<WebRtcMediaSource>>()));
    }
}
