using Calls.Sample.Web;
using Calls.Sample.Web.Circuits;
using Calls.Sample.Web.Client;
using Calls.Sample.Web.Client.Pages;
using Calls.Sample.Web.Components;
using Calls.Sample.Web.History;
using Calls.Sample.Web.People;
using Calls.Sample.Web.Push;
using Calls.Sample.Web.Relays;
using Calls.Sample.Web.SignIn;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseStaticWebAssets();

// Calls: the signaling server …
builder.Services.AddCallSignaling(options => builder.Configuration.Bind("Signaling", options))
    .UseLog<CallHistory>()
    .UseNotifier<WebhookNotifier>();
builder.Services.AddHttpClient();
builder.Services.AddHealthChecks().AddCallSignaling();
// … and, for pages that run on Blazor Server, the call manager of each circuit.
builder.Services.AddScoped<IServerConnection, CircuitConnection>();
builder.Services.AddSampleClient();

builder.Services.AddSampleSignIn(builder.Configuration.GetSection("Sample"));
builder.Services.AddRazorComponents().AddInteractiveWebAssemblyComponents().AddInteractiveServerComponents();

var app = builder.Build();
app.UseSecurityHeaders();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.MapStaticAssets();
app.MapSampleSignIn();
app.MapPeople();
app.MapCallWebSocket("/calls");
app.MapCallHub("/calls/hub");
app.MapCallHistory();
app.MapIceServers();
// "Live" says that the process answers; "ready" says whether to send it clients: a server that stops is live and not ready.
app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
app.MapHealthChecks("/health/ready");
app.MapRazorComponents<App>()
    .AddInteractiveWebAssemblyRenderMode()
    .AddInteractiveServerRenderMode()
    .AddAdditionalAssemblies(typeof(Home).Assembly);
app.Run();
