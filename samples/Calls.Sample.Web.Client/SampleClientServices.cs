using Calls.Sample.Web.Client.People;
using Calls.Sample.Web.Client.SignIn;

namespace Calls.Sample.Web.Client;

/// <summary>The page's services: the same on WebAssembly and on Blazor Server.</summary>
public static class SampleClientServices
{
    /// <summary>Adds them. The host adds its <see cref="IServerConnection"/>.</summary>
    public static void AddSampleClient(this IServiceCollection services)
    {
        services.AddScoped<TabSession>();
        services.AddScoped<PeopleFeed>();

        // This is all that an app does to have calls.
        services.AddCalls()
            .UseWebSockets((page, options) =>
            {
                var tab = page.GetRequiredService<TabSession>().Tab;
                var server = page.GetRequiredService<IServerConnection>();
                options.Url = new Uri(server.Address, $"calls?user={Uri.EscapeDataString(tab.User!)}");
                options.DeviceId = tab.Device;
                options.ConfigureSocket = server.Configure;
            })
            .UseBrowserMedia();
    }
}
