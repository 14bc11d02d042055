namespace Calls.Signaling.Server.Tests;

/// <summary>The cases on one server with its calls in memory, and what is seen only there.</summary>
public sealed class CallTests : CallCases
{
    [Fact]
    public async Task The_welcome_is_the_first_message_and_says_who_the_server_takes_this_client_for()
    {
        var turn = new IceServer { Urls = ["turn:turn.example"], Username = "u", Credential = "c" };
        await using var server = await SignalingServer.StartAsync(o =>
        {
            o.IceServers.Add(turn);
            o.RingTimeout = TimeSpan.FromSeconds(30);
        });
        using var alice = await server.OpenAsync("user=alice&device=a1");

        var welcome = await alice.NextJsonAsync();

        welcome.ToJsonString().Should().Be(
            """{"type":"call:welcome","userId":"alice","deviceId":"a1","protocol":1,"iceServers":[{"urls":["turn:turn.example"],"username":"u","credential":"c"}],"ringTimeout":30,"calls":[]}""");
    }

    [Fact]
    public async Task A_call_is_forgotten_after_the_window()
    {
        await using var server = await SignalingServer.StartAsync();
        var (alice, bob) = await RingAsync(server);
        await alice.SendAsync(new EndMessage { CallId = Id, Seq = 2 });
        await bob.NextAsync<EndMessage>();

        server.Calls.Count.Should().Be(1);
        server.Time.Advance(TimeSpan.FromSeconds(31));
        server.Calls.Count.Should().Be(0, "the resume window is over");
    }

    private protected override Task<ICallServer> StartAsync(double ring, double resume) => SignalingServer.StartAsync(ring, resume);
}
