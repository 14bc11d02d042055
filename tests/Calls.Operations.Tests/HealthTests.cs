using System.Net;
using Calls.Signaling.Server;

namespace Calls.Operations.Tests;

public sealed class HealthTests
{
    [Theory, ClassData(typeof(Places))]
    public async Task A_server_is_healthy_until_it_begins_to_stop_and_takes_no_client_from_then_on(Home home, Transport transport)
    {
        await using var host = await OperatedHost.StartAsync(home, transport, options => options.DrainPerSecond = 1);
        (await host.GetAsync("/health")).Should().Be((HttpStatusCode.OK, "Healthy"));
        await using var alice = await host.ConnectAsync("alice");
        await using var bob = await host.ConnectAsync("bob");
        await using var carol = await host.ConnectAsync("carol");
        await UntilAsync(() => Task.FromResult(host.Service<ICallPresence>().Online.Count == 3));
        var stopping = host.StopAsync();

        await UntilAsync(async () => await host.GetAsync("/health") == (HttpStatusCode.ServiceUnavailable, "Unhealthy"));
        (await host.GetAsync("/calls/hub?user=late&device=d1")).Status.Should().Be(HttpStatusCode.ServiceUnavailable);
        await stopping.InTime();
    }

    [Fact]
    public async Task A_server_whose_storage_is_away_is_degraded_and_not_taken_out()
    {
        await using var host = await OperatedHost.StartAsync(Home.Grains, Transport.WebSocket);
        (await host.GetAsync("/health")).Text.Should().Be("Healthy");
        host.Service<UnreliableStorage>().IsAway = true;
        (await host.GetAsync("/health")).Should().Be((HttpStatusCode.OK, "Degraded"));
        host.Service<UnreliableStorage>().IsAway = false;
        (await host.GetAsync("/health")).Text.Should().Be("Healthy");
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
    }
}
