using Calls.Sample.Web.Client.Calling;
using Calls.Sample.Web.Client.Checking;
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
        services.AddScoped<IceServerList>();

        // This is all that an app does to have calls.
        services.AddCalls()
            .UseSignaling(Transports.Open)
            .UseBrowserMedia();
    }
}
