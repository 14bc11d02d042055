using Calls.Sample.Web.Client;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;

var builder = WebAssemblyHostBuilder.CreateDefault(args);
var address = builder.HostEnvironment.BaseAddress;
builder.Services.AddScoped<IServerConnection>(_ => new BrowserConnection(address));
builder.Services.AddSampleClient();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
await builder.Build().RunAsync();
