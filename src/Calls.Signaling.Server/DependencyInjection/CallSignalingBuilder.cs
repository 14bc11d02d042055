using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Calls.Signaling.Server;

internal sealed class CallSignalingBuilder(IServiceCollection services) : ICallSignalingBuilder
{
    public IServiceCollection Services => services;

    public ICallSignalingBuilder UseDirectory<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, ICallDirectory
        => Replace<ICallDirectory, T>();

    public ICallSignalingBuilder UseNotifier<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, ICallNotifier
        => Replace<ICallNotifier, T>();

    public ICallSignalingBuilder UseLog<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, ICallLog
        => Replace<ICallLog, T>();

    public ICallSignalingBuilder UseIceServers<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IIceServerProvider
        => Replace<IIceServerProvider, T>();

    private CallSignalingBuilder Replace<TService, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where TService : class
        where T : class, TService
    {
        services.Replace(ServiceDescriptor.Singleton<TService, T>());
        return this;
    }
}
