using System.Globalization;
using System.Reflection;
using System.Security.Claims;
using Calls.Protocol.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Calls.Signaling.Server.Tests;

/// <summary>How a client gets in, in <c>docs/protocol.md</c>, is what the server's door does.</summary>
public sealed class ConnectingTableTests
{
    [Fact]
    public async Task The_door_refuses_with_the_statuses_of_the_table_and_no_other()
    {
        await using var app = App(options => options.Limits.MaxDevicesPerUser = 1);
        var check = app.Services.GetRequiredService<ConnectionCheck>();
        var connections = app.Services.GetRequiredService<ConnectionRegistry>();
        List<int> statuses = [Status(user: null), Status(origin: "https://evil.example"), Status(device: "no spaces")];
        Status().Should().Be(200);
        using SilentConnection first = new(new Party("alice", "a1"), app.Services.GetRequiredService<ConnectionTerms>());
        connections.Add(first);
        statuses.Add(Status(device: "a2"));
        connections.Remove(first);
        await app.Services.GetRequiredService<Farewell>().StartAsync(CancellationToken.None);
        app.Lifetime.StopApplication();
        statuses.Add(Status());

        statuses.Should().BeEquivalentTo(ProtocolDocument.Table("| HTTP status |").Select(row => int.Parse(row[0], CultureInfo.InvariantCulture)));

        int Status(string? user = "alice", string device = "a1", string? origin = null)
        {
            DefaultHttpContext context = new();
            context.Request.QueryString = QueryString.Create("device", device);
            if (user is not null)
                context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user)], "test"));
            if (origin is not null)
                context.Request.Headers.Origin = origin;
            return check.Examine(context).Status;
        }
    }

    [Fact]
    public async Task A_hub_has_the_methods_of_the_table_and_calls_the_one_of_its_client()
    {
        var methods = ProtocolDocument.Table("| method |").Select(row => (Name: ProtocolDocument.Code(row[0]), By: row[1])).ToArray();
        methods.Where(method => method.By == "client").Select(method => method.Name).Should().BeEquivalentTo(
            typeof(CallHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(method => method.GetBaseDefinition() == method).Select(method => method.Name));

        Mock<ISingleClientProxy> client = new();
        using ChatHub hub = new()
        {
            Context = Mock.Of<HubCallerContext>(context => context.Features == new Microsoft.AspNetCore.Http.Features.FeatureCollection()),
            Clients = Mock.Of<IHubCallerClients>(clients => clients.Caller == client.Object),
        };
        await using var app = App(_ => { });
        using HubCallConnection connection = new(new Party("alice", "a1"), hub, isOurs: false, app.Services.GetRequiredService<ConnectionTerms>());
        connection.Send(new PongMessage());
        client.Invocations.Select(invocation => (string)invocation.Arguments[0])
            .Should().Equal(methods.Where(method => method.By == "server").Select(method => method.Name));
    }

    [Fact]
    public void Only_the_server_says_what_the_table_says_that_only_it_says()
    {
        foreach (var row in ProtocolDocument.Table("| type |"))
        {
            SignalingJson.TryParse(System.Text.Encoding.UTF8.GetBytes(ProtocolDocument.ExampleOf(ProtocolDocument.Code(row[0]))), out var message, out _).Should().BeTrue();
            MessageRules.IsFromServerOnly(message!).Should().Be(row[1] == "server → client", row[0]);
        }
    }

    private static WebApplication App(Action<CallSignalingOptions> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddCallSignaling(configure);
        return builder.Build();
    }

    private sealed class ChatHub : Hub;
}
