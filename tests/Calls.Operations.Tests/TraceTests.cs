using System.Diagnostics;
using Calls.Signaling;
using Calls.Testing;

namespace Calls.Operations.Tests;

public sealed class TraceTests
{
    private static readonly InitiateMessage Initiate = new() { CallId = CallId.Parse("call-1"), Seq = 1, ChatId = "bob", Sdp = "offer" };

    [Theory, ClassData(typeof(Places))]
    public async Task A_call_is_one_trace_from_the_caller_through_the_server_to_the_callee(Home home, Transport transport)
    {
        using Spans spans = new();
        await using var host = await OperatedHost.StartAsync(home, transport);
        ScriptedMediaNetwork network = new();
        await using var alice = await host.ManagerAsync("alice", network);
        await using var bob = await host.ManagerAsync("bob", network);
        await Waiting.TalkAsync(alice, bob);
        await alice.EndAsync().InTime();

        var (caller, route) = (await spans.NextAsync("call outgoing"), await spans.NextAsync("call route"));
        var (whole, callee) = (await spans.NextAsync("call"), await spans.NextAsync("call incoming"));

        caller.Parent.Should().BeNull();
        caller.ParentId.Should().BeNull();
        route.ParentSpanId.Should().Be(caller.SpanId);
        whole.ParentSpanId.Should().Be(route.SpanId);
        callee.ParentSpanId.Should().Be(route.SpanId);
        new[] { route, whole, callee }.Should().OnlyContain(span => span.TraceId == caller.TraceId);
        new[] { caller, route, whole, callee }.Should().OnlyContain(span => (string)span.GetTagItem("calls.call.id")! == alice.Current.CallId!.Value.Value);
        (caller.Kind, route.Kind, callee.Kind).Should().Be((ActivityKind.Client, ActivityKind.Server, ActivityKind.Consumer));
        caller.Events.Select(happened => happened.Name).Should().Equal("outgoing", "connecting", "connected", "ended");
        callee.Events.Select(happened => happened.Name).Should().Equal("incoming_ringing", "connecting", "connected", "ended");
        whole.Events.Select(happened => happened.Name).Should().Equal("answered");
        whole.GetTagItem("calls.outcome").Should().Be("finished");
        caller.GetTagItem("calls.end.reason").Should().Be("hung-up");
    }

    [Theory, ClassData(typeof(Places))]
    public async Task A_call_that_nobody_traces_carries_no_trace_and_a_malformed_one_goes_nowhere(Home home, Transport transport)
    {
        await using var host = await OperatedHost.StartAsync(home, transport);
        await using var alice = await host.ConnectAsync("alice");
        await using var bob = await host.ConnectAsync("bob");
        foreach (var trace in new[] { null, "nonsense", "00-00000000000000000000000000000000-0000000000000000-01" })
        {
            var offer = bob.NextAsync<OfferMessage>();
            await alice.SendAsync(Initiate with { CallId = CallId.New(), TraceParent = trace });
            (await offer).TraceParent.Should().BeNull();
        }

        const string Traced = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var traced = bob.NextAsync<OfferMessage>();
        await alice.SendAsync(Initiate with { CallId = CallId.New(), TraceParent = Traced });
        (await traced).TraceParent.Should().Be(Traced, "a server that does not trace passes it on");
    }

    [Fact]
    public async Task A_span_has_no_part_in_what_its_host_traces_and_leaves_it_alone()
    {
        using Spans spans = new();
        using var ambient = new Activity("the host's own").Start();
        await using var host = await OperatedHost.StartAsync(Home.Memory, Transport.WebSocket);
        await using var alice = await host.ManagerAsync("alice", new ScriptedMediaNetwork());
        await alice.StartOutgoingAsync("bob", video: false).InTime();
        Activity.Current.Should().Be(ambient);
        await alice.EndAsync().InTime();

        (await spans.NextAsync("call outgoing")).TraceId.Should().NotBe(ambient.TraceId);
    }
}
