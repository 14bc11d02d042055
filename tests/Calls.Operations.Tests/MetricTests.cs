using Calls.Signaling;
using Calls.Testing;

namespace Calls.Operations.Tests;

public sealed class MetricTests
{
    private static readonly CallId Id = CallId.Parse("call-1");
    private static readonly InitiateMessage Initiate = new() { CallId = Id, Seq = 1, ChatId = "bob", Sdp = "offer" };

    [Theory, ClassData(typeof(Places))]
    public async Task A_call_is_counted_by_state_from_the_ring_to_its_end_and_so_are_connections(Home home, Transport transport)
    {
        await using var host = await OperatedHost.StartAsync(home, transport);
        var numbers = host.Numbers;
        var connections = $"calls.transport={(transport == Transport.Hub ? "signalr" : "websockets")}";
        await using (var alice = await host.ConnectAsync("alice"))
        await using (var bob = await host.ConnectAsync("bob"))
        {
            numbers.Sum("calls.server.active_connections", connections).Should().Be(2);
            var offer = bob.NextAsync<OfferMessage>();
            await alice.SendAsync(Initiate);
            await offer;
            await numbers.UntilAsync(now => now.Sum("calls.server.active_calls", "calls.state=ringing") == 1);

            var answer = alice.NextAsync<AnswerMessage>();
            await bob.SendAsync(new AnswerMessage { CallId = Id, Seq = 1, Sdp = "answer" });
            await answer;
            await numbers.UntilAsync(now => now.Sum("calls.server.active_calls", "calls.state=answered") == 1);
            numbers.Sum("calls.server.active_calls", "calls.state=ringing").Should().Be(0);
            numbers.Count("calls.server.setup.duration").Should().Be(1);

            var end = alice.NextAsync<EndMessage>();
            await bob.SendAsync(new EndMessage { CallId = Id, Seq = 2, Reason = EndReasons.Hangup });
            await end;
            await numbers.UntilAsync(now => now.Sum("calls.server.active_calls", "calls.state=over") == 1);
            numbers.Sum("calls.server.active_calls", "calls.state=answered").Should().Be(0);
            numbers.Sum("calls.server.ended_calls", "calls.outcome=finished").Should().Be(1);
        }

        await numbers.UntilAsync(now => now.Sum("calls.server.active_connections", connections) == 0);
    }

    [Theory, ClassData(typeof(Places))]
    public async Task A_call_that_is_forgotten_counts_no_more(Home home, Transport transport)
    {
        await using var host = await OperatedHost.StartAsync(home, transport, options => options.ResumeWindow = TimeSpan.FromSeconds(1));
        await using var alice = await host.ConnectAsync("alice");
        await alice.SendAsync(Initiate);
        await alice.SendAsync(new EndMessage { CallId = Id, Seq = 2 });

        await host.Numbers.UntilAsync(now => now.Sum("calls.server.ended_calls", "calls.outcome=cancelled") == 1
            && now.Count("calls.server.active_calls", "calls.state=over") == 2);

        host.Numbers.Sum("calls.server.active_calls", "calls.state=over").Should().Be(0);
        host.Numbers.Sum("calls.server.active_calls", "calls.state=ringing").Should().Be(0);
    }

    [Theory, ClassData(typeof(Places))]
    public async Task What_is_refused_is_counted_by_its_code(Home home, Transport transport)
    {
        await using var host = await OperatedHost.StartAsync(home, transport);
        await using var alice = await host.ConnectAsync("alice");
        var refusal = alice.NextAsync<ErrorMessage>();
        await alice.SendAsync(new EndMessage { CallId = Id });
        await refusal;
        (await host.GetAsync(transport == Transport.Hub ? "/calls/hub?device=d1" : "/calls?device=d1")).Status.Should().NotBe(System.Net.HttpStatusCode.OK);

        await host.Numbers.UntilAsync(now => now.Sum("calls.server.refusals", "error.type=not-allowed") == 1);
        host.Numbers.Sum("calls.server.refusals", transport == Transport.Hub ? "error.type=401" : "error.type=400").Should().Be(1);
    }

    [Theory, ClassData(typeof(Places))]
    public async Task What_a_device_had_missed_is_counted_when_it_comes_back(Home home, Transport transport)
    {
        await using var host = await OperatedHost.StartAsync(home, transport);
        await using var alice = await host.ConnectAsync("alice");
        await alice.SendAsync(Initiate);
        await alice.SendAsync(new CandidatesMessage { CallId = Id, Seq = 2, Candidates = [new IceCandidate("one")] });
        await using var bob = host.Channel("bob");
        var candidates = bob.NextAsync<CandidatesMessage>();
        await bob.ConnectAsync().InTime();
        await candidates;

        await bob.SendAsync(new ResumeMessage { Calls = [] });

        await host.Numbers.UntilAsync(now => now.Count("calls.server.replay.size") == 1);
        host.Numbers.Sum("calls.server.replay.size").Should().Be(2, "the offer and the candidate, again");
    }

    [Fact]
    public async Task Clients_count_their_calls_by_state_the_time_to_the_connection_and_the_reasons_of_ends()
    {
        using Numbers clients = new();
        await using var host = await OperatedHost.StartAsync(Home.Memory, Transport.WebSocket);
        ScriptedMediaNetwork network = new();
        await using var alice = await host.ManagerAsync("alice", network);
        await using var bob = await host.ManagerAsync("bob", network);

        await Waiting.TalkAsync(alice, bob);
        clients.Sum("calls.client.active_calls", "calls.state=connected").Should().Be(2);
        await clients.UntilAsync(now => now.Count("calls.client.setup.duration", "calls.role=caller") == 1);
        clients.Count("calls.client.setup.duration", "calls.role=callee").Should().Be(1);
        await alice.EndAsync().InTime();
        await bob.UntilAsync(CallState.Ended);

        await clients.UntilAsync(now => now.Sum("calls.client.ended_calls", "calls.end.reason=hung-up") == 2);
        foreach (var state in new[] { "outgoing", "incoming_ringing", "connecting", "connected" })
            clients.Sum("calls.client.active_calls", $"calls.state={state}").Should().Be(0);
    }
}
