using Calls;
using Calls.Media.SIPSorcery;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses SIPSorcery as the engine.</summary>
public static class SIPSorceryMediaCallsBuilderExtensions
{
    /// <summary>Calls use SIPSorcery's WebRTC. Calling it again adds to the options.</summary>
    /// <param name="builder">What <c>AddCalls</c> gave.</param>
    /// <param name="configure">Sets the options; <see cref="SIPSorceryMediaOptions.Microphone"/> must be set. They are validated when the host starts.</param>
    public static ICallsBuilder UseSIPSorceryMedia(this ICallsBuilder builder, Action<SIPSorceryMediaOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure(configure);
        builder.Services.AddOptions<SIPSorceryMediaOptions>().ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SIPSorceryMediaOptions>, SIPSorceryMediaOptionsValidator>());
        return builder.UseMedia(provider => new SIPSorceryMediaSource(
            provider.GetRequiredService<IOptions<SIPSorceryMediaOptions>>().Value,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILogger<SIPSorceryMediaSource>>()));
    }
}
