using System.Globalization;
using System.Net;
using Calls.Signaling.Server.Tests;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Calls.Signaling.Server.Orleans.Node;

/// <summary>A signaling server as a host would write it; only who is who comes from the query.</summary>
internal static class NodeHost
{
    public const string Ready = "ready";

    public static WebApplication Build(string[] args, Action<CallSignalingOptions>? configure = null, Action<ICallSignalingBuilder>? plug = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.WebHost.UseUrls($"http://127.0.0.1:{builder.Configuration["http"]}");
        builder.Logging.SetMinimumLevel(builder.Configuration.GetValue("log", LogLevel.Warning));
        builder.Services.AddAuthentication(QueryAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, QueryAuthentication>(QueryAuthentication.Name, null);
        var calls = builder.Services.AddCallSignaling(options =>
        {
            options.RingTimeout = TimeSpan.FromSeconds(builder.Configuration.GetValue("ring", 45.0));
            options.ResumeWindow = TimeSpan.FromSeconds(builder.Configuration.GetValue("resume", 30.0));
            options.Limits.MaxRingsPerTarget = 10_000;
            options.Limits.MaxRingsPerUser = 10_000;
            configure?.Invoke(options);
        }).UseOrleans(silo =>
        {
            var siloPort = int.Parse(builder.Configuration["silo"]!, CultureInfo.InvariantCulture);
            var gatewayPort = int.Parse(builder.Configuration["gateway"]!, CultureInfo.InvariantCulture);
            if (builder.Configuration["redis"] is not { } redis)
            {
                silo.UseLocalhostClustering(siloPort, gatewayPort);
                silo.AddMemoryGrainStorage(CallStorage.Name);
                return;
            }

            silo.UseRedisForCalls(redis);
            silo.ConfigureEndpoints(IPAddress.Loopback, siloPort, gatewayPort);
            silo.Configure<ClusterOptions>(options => options.ClusterId = options.ServiceId = builder.Configuration["cluster"] ?? "calls");
        });
        plug?.Invoke(calls);
        var app = builder.Build();
        app.UseAuthentication();
        app.MapCallWebSocket("/calls");
        return app;
    }
}
