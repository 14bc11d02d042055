using Calls.Signaling.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>TURN credentials that expire.</summary>
public static class TurnRestBuilderExtensions
{
    /// <summary>Gives every user a TURN credential of his own that expires, beside <see cref="CallSignalingOptions.IceServers"/>: what coturn takes with
    /// <c>use-auth-secret</c>. Calling it again adds to the options.</summary>
    /// <param name="builder">What <c>AddCallSignaling</c> gave.</param>
    /// <param name="configure">Sets secret, addresses and lifetime; validated when the host starts.</param>
    public static ICallSignalingBuilder UseTurnRestCredentials(this ICallSignalingBuilder builder, Action<TurnRestOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddOptions<TurnRestOptions>().Configure(configure).ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TurnRestOptions>, TurnRestOptionsValidator>());
        return builder.UseIceServers<TurnRestIceServers>();
    }
}
