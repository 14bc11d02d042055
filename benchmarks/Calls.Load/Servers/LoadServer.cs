using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using Calls.Signaling.Server;
using Calls.Signaling.Server.Tests;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Calls.Load;

/// <summary>A server under load, alone in its process: a bare echo, or calls.</summary>
internal static class LoadServer
{
    public const string Echo = "echo";
    public const string Calls = "calls";

    /// <summary>Calls with the default limits, and as little read ahead as docs/operations.md advises on the open internet.</summary>
    public const string Guarded = "guarded";
    public const string HubEcho = "hub-echo";
    public const string Bridge = "bridge";
    public const string Node = "node";

    private const int ReadAhead = 64 * 1024;

    public static async Task<int> RunAsync(string kind, string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        if (kind == Calls)
            AddCalls(builder.Services);
        else if (kind == Guarded)
            AddGuardedCalls(builder);
        else if (kind == Node)
            AddCalls(builder.Services).UseOrleans(silo => Join(silo, builder.Configuration));
        else if (kind == HubEcho)
            builder.Services.AddSignalR();
        await using var app = builder.Build();
        app.MapGet("/allocated", () => GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture));
        app.MapGet("/heap", () => Heap().ToString(CultureInfo.InvariantCulture));
        Map(app, kind);
        await app.StartAsync();
        Console.WriteLine($"{LoadProcess.Ready} {app.Urls.Single()}");
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static void Map(WebApplication app, string kind)
    {
        switch (kind)
        {
            case Echo:
                app.UseWebSockets();
                app.Map("/echo", EchoAsync);
                break;
            case Bridge:
                app.UseWebSockets();
                var bridge = new BridgeServer(ConnectionMultiplexer.Connect(app.Configuration["redis"]!).GetSubscriber());
                app.Map("/bridge", (HttpContext context) => bridge.ServeAsync(context));
                break;
            case HubEcho:
                app.MapHub<EchoHub>("/hub");
                break;
            default:
                app.UseAuthentication();
                app.MapCallWebSocket("/calls");
                app.MapCallHub("/hub");
                break;
        }
    }

    /// <summary>Nothing is limited that a generator does more often than a person; what is kept of a call that is over goes after a second.</summary>
    private static ICallSignalingBuilder AddCalls(IServiceCollection services)
    {
        return AddUsers(services).AddCallSignaling(options =>
        {
            options.ResumeWindow = TimeSpan.FromSeconds(1);
            options.DrainPerSecond = 1_000_000;
            options.CloseTimeout = TimeSpan.FromSeconds(1);
            options.Limits.MessagesPerSecond = 100_000;
            options.Limits.MessageBurst = 1_000_000;
            options.Limits.MaxCandidatesPerCall = 4_096;
            options.Limits.MaxKeptMessages = 4_160;
            options.Limits.MaxCallsPerUser = 10_000;
            options.Limits.MaxRingsPerTarget = 10_000;
            options.Limits.MaxRingsPerUser = 1_000_000;
            options.Limits.RingWindow = TimeSpan.FromSeconds(1);
        });
    }

    private static void AddGuardedCalls(WebApplicationBuilder builder)
    {
        builder.WebHost.UseSockets(sockets => sockets.MaxReadBufferSize = ReadAhead);
        AddUsers(builder.Services).AddCallSignaling();
    }

    private static IServiceCollection AddUsers(IServiceCollection services)
    {
        services.AddAuthentication(QueryAuthentication.Name).AddScheme<AuthenticationSchemeOptions, QueryAuthentication>(QueryAuthentication.Name, null);
        return services;
    }

    private static void Join(ISiloBuilder silo, ConfigurationManager configuration)
    {
        silo.UseRedisForCalls(configuration["redis"]!);
        silo.ConfigureEndpoints(IPAddress.Loopback, configuration.GetValue<int>("silo"), configuration.GetValue<int>("gateway"));
    }

    /// <summary>The least that an echo takes: one buffer a connection, one send a message.</summary>
    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[4096];
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
            if (read.MessageType == WebSocketMessageType.Close)
                return;
            await socket.SendAsync(buffer.AsMemory(0, read.Count), read.MessageType, read.EndOfMessage, context.RequestAborted);
        }
    }

    private static long Heap()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
