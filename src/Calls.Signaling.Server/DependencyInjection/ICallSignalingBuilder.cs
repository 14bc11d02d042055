using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Signaling.Server;

/// <summary>Plugs the app's own knowledge into the signaling server that was added with <c>AddCallSignaling</c>. Of several of a kind the last counts.</summary>
public interface ICallSignalingBuilder
{
    /// <summary>The host's services.</summary>
    IServiceCollection Services { get; }

    /// <summary>Says who is in a conversation. Default: a conversation is named by the other user's id, and everybody may ring everybody.</summary>
    ICallSignalingBuilder UseDirectory<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, ICallDirectory;

    /// <summary>Wakes users who have no device online. Default: nobody is woken.</summary>
    ICallSignalingBuilder UseNotifier<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, ICallNotifier;

    /// <summary>Writes down calls that are over. Default: nobody does.</summary>
    ICallSignalingBuilder UseLog<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, ICallLog;

    /// <summary>Gives each user his STUN and TURN servers. Default: <see cref="CallSignalingOptions.IceServers"/> for everybody.</summary>
    ICallSignalingBuilder UseIceServers<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : class, IIceServerProvider;
}
