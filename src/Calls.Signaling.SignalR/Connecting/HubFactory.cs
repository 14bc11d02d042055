using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Signaling.SignalR;

/// <summary>Makes the channel's own hub connections, one for each attempt.</summary>
internal sealed class HubFactory(SignalRChannelOptions options, string deviceId)
{
    /// <summary>How long a farewell may take.</summary>
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(1);

    /// <summary>A connection that is not started.</summary>
    /// <param name="token">The token of this connection; null for none.</param>
    public HubConnection Create(string? token)
    {
        IHubConnectionBuilder builder = new HubConnectionBuilder().WithUrl(Address(), http =>
        {
            if (!OperatingSystem.IsBrowser())
                http.CloseTimeout = FarewellLimit;
            if (!string.IsNullOrEmpty(token))
                http.AccessTokenProvider = () => Task.FromResult<string?>(token);
            Configure(http);
        });
        if (!JsonSerializer.IsReflectionEnabledByDefault)
        {
            builder.Services.Configure<JsonHubProtocolOptions>(
                json => json.PayloadSerializerOptions.TypeInfoResolverChain.Add(HubArgumentsContext.Default));
        }

        if (options.StatefulReconnect)
            builder.WithStatefulReconnect();
        options.ConfigureHub?.Invoke(builder);
        var hub = builder.Build();
        hub.KeepAliveInterval = options.KeepAliveInterval;
        hub.ServerTimeout = options.ServerTimeout;
        return hub;
    }

    private void Configure(HttpConnectionOptions http) => options.ConfigureHttp?.Invoke(http);

    private Uri Address()
    {
        var query = options.Url!.Query.TrimStart('?');
        return new UriBuilder(options.Url) { Query = $"{query}{(query.Length == 0 ? "" : "&")}device={deviceId}" }.Uri;
    }
}
