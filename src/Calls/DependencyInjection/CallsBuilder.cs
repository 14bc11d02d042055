using Calls.Media;
using Calls.Signaling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Calls;

internal sealed class CallsBuilder(IServiceCollection services) : ICallsBuilder
{
    private Func<IServiceProvider, ISignalingChannel>? _signaling;
    private Func<IServiceProvider, IMediaSource>? _media;
    private ServiceLifetime _lifetime = ServiceLifetime.Singleton;

    public IServiceCollection Services => services;

    public ICallsBuilder UseSignaling(Func<IServiceProvider, ISignalingChannel> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _signaling = create;
        return Register();
    }

    public ICallsBuilder UseMedia(Func<IServiceProvider, IMediaSource> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _media = create;
        return Register();
    }

    public ICallsBuilder WithLifetime(ServiceLifetime lifetime)
    {
        if (lifetime is not (ServiceLifetime.Singleton or ServiceLifetime.Scoped))
            throw new ArgumentOutOfRangeException(nameof(lifetime), lifetime, "A manager lives as long as the app (Singleton) or a scope (Scoped).");
        _lifetime = lifetime;
        return Register();
    }

    public ICallsBuilder Register()
    {
        if (_signaling is not null)
            services.Replace(new ServiceDescriptor(typeof(ISignalingChannel), _signaling, _lifetime));
        if (_media is not null)
            services.Replace(new ServiceDescriptor(typeof(IMediaSource), _media, _lifetime));
        services.Replace(new ServiceDescriptor(typeof(ICallManager), CreateManager, _lifetime));
        return this;
    }

    private static ICallManager CreateManager(IServiceProvider provider)
        => provider.GetRequiredService<ICallManagerFactory>().Create(
            provider.GetService<ISignalingChannel>() ?? throw Missing("signaling transport", "UseWebSockets(…)", nameof(UseSignaling)),
            provider.GetService<IMediaSource>() ?? throw Missing("media engine", "UseBrowserMedia()", nameof(UseMedia)));

    private static InvalidOperationException Missing(string what, string example, string general)
        => new($"AddCalls() has no {what}: add {example} or {general}(…).");
}
