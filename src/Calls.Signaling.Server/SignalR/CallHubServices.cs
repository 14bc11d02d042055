using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Calls.Signaling.Server;

/// <summary>What the SignalR front end needs.</summary>
internal static class CallHubServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSignalR().AddHubOptions<CallHub>(_ => { });
        services.AddOptions<HubOptions<CallHub>>().Configure<IOptions<CallSignalingOptions>>((hub, signaling) => Configure(hub, signaling.Value));
        services.PostConfigure<JsonHubProtocolOptions>(json => KnowArguments(json.PayloadSerializerOptions));
        services.TryAddSingleton<HubLifetimeManager<CallHub>, CallHubLifetimeManager>();
        services.TryAddSingleton(provider => new CallHubConnections(
            provider.GetRequiredService<ConnectionCheck>(), provider.GetRequiredService<MessageIntake>(), provider.GetRequiredService<ICallRouter>(),
            provider.GetRequiredService<ConnectionTerms>(), provider.GetRequiredService<ILogger<CallHubConnections>>()));
    }

    private static void KnowArguments(JsonSerializerOptions json)
    {
        // With reflection the chain may be empty, and then means "everything" until something is added to it.
        var chain = json.TypeInfoResolverChain;
        if ((chain.Count > 0 || !JsonSerializer.IsReflectionEnabledByDefault) && !chain.Contains(HubArgumentsContext.Default))
            chain.Add(HubArgumentsContext.Default);
    }

    private static void Configure(HubOptions hub, CallSignalingOptions options)
    {
        // A SignalR server asks for no sign of life, it gives one: often enough for a client that waits as long as our WebSocket clients do.
        hub.KeepAliveInterval = options.KeepAliveInterval / 2;
        hub.ClientTimeoutInterval = options.KeepAliveInterval + options.KeepAliveTimeout;
        // Room for the rules to see a message that is too large and to say so. What is larger still, SignalR cuts off itself.
        hub.MaximumReceiveMessageSize = 2L * options.Limits.MaxMessageBytes;
        // The router takes the messages of a connection one after another.
        hub.MaximumParallelInvocationsPerClient = 1;
    }
}
