using Calls.Media;
using Calls.Signaling;
using Microsoft.Extensions.DependencyInjection;

namespace Calls;

/// <summary>Chooses the transport and the media engine of the calls that were added with <c>AddCalls</c>.</summary>
public interface ICallsBuilder
{
    /// <summary>The host's services.</summary>
    IServiceCollection Services { get; }

    /// <summary>Says who carries the messages. The last call counts.</summary>
    ICallsBuilder UseSignaling(Func<IServiceProvider, ISignalingChannel> create);

    /// <summary>Says which engine carries the media. The last call counts.</summary>
    ICallsBuilder UseMedia(Func<IServiceProvider, IMediaSource> create);

    /// <summary>Says how long channel, engine and manager live: <see cref="ServiceLifetime.Singleton"/>, the default, or
    /// <see cref="ServiceLifetime.Scoped"/>, as on Blazor Server, where each circuit has a call of its own.</summary>
    ICallsBuilder WithLifetime(ServiceLifetime lifetime);
}
