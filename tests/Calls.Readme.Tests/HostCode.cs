using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Readme.Tests;

/// <summary>The README's code, so that it compiles.</summary>
internal static class HostCode
{
    public static async Task RunAsync(IServiceCollection services, ICallManager calls, WebApplicationBuilder builder, WebApplication app, Action<string> show)
    {
        // The app: a Blazor page, a desktop program, a bot.
        services.AddCalls()
            .UseWebSockets(options => options.Url = new Uri("wss://chat.example.org/calls"))
            .UseBrowserMedia();

        // Anywhere in it: show what the manager reports, call its methods.
        calls.Snapshots.Subscribe(call => show($"{call.State} with {call.Peer?.Name}"));
        calls.Ends.Subscribe(end => show($"The call ended: {end.Key}"));
        await calls.StartOutgoingAsync("bob", video: true);
        await calls.ToggleMuteAsync();
        await calls.EndAsync();

        // The server: an ASP.NET Core app with its own authentication.
        builder.Services.AddCallSignaling();
        app.MapCallWebSocket("/calls");
    }
}
