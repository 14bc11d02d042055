using System.Threading.Channels;
using Calls.Signaling;
using Calls.Signaling.Server;

namespace Calls.Operations.Tests;

public sealed class CallLogTests
{
    private static readonly CallId Id = CallId.Parse("call-1");
    private static readonly InitiateMessage Initiate = new() { CallId = Id, Seq = 1, ChatId = "bob", Sdp = "offer", Video = true };

    [Theory, ClassData(typeof(Places))]
    public async Task A_finished_call_is_written_down_with_who_when_and_how_long(Home home, Transport transport)
    {
        await using var host = await StartAsync(home, transport);
        await using var alice = await host.ConnectAsync("alice");
        await using var bob = await host.ConnectAsync("bob", "phone");
        await RingAsync(alice, bob);
        var answer = alice.NextAsync<AnswerMessage>();
        await bob.SendAsync(new AnswerMessage { CallId = Id, Seq = 1, Sdp = "answer" });
        await answer;
        await alice.SendAsync(new EndMessage { CallId = Id, Seq = 2 });

        var call = await NextAsync(host);

        call.Should().BeEquivalentTo(new
        {
            CallId = Id, ChatId = "bob", Caller = new Party("alice", "d1"), AnsweredBy = new Party("bob", "phone"), Video = true,
            Callees = new[] { new CallRecordCallee("bob", "alice", Refused: false) }, Outcome = CallOutcome.Finished,
        });
        call.StartedAt.Should().BeCloseTo(TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(1));
        call.AnsweredAt.Should().BeAfter(call.StartedAt).And.BeBefore(call.EndedAt);
        call.Duration.Should().Be(call.EndedAt - call.AnsweredAt!.Value);
        call.IsMissedBy("bob").Should().BeFalse();
    }

    [Theory, ClassData(typeof(Places))]
    public async Task A_call_that_nobody_answered_is_written_down_as_missed(Home home, Transport transport)
    {
        await using var host = await StartAsync(home, transport, options => options.RingTimeout = TimeSpan.FromSeconds(1));
        await using var alice = await host.ConnectAsync("alice");
        await alice.SendAsync(Initiate);

        var call = await NextAsync(host);

        call.Outcome.Should().Be(CallOutcome.NoAnswer);
        (call.AnsweredAt, call.AnsweredBy, call.Duration).Should().Be((null, null, TimeSpan.Zero));
        (call.EndedAt - call.StartedAt).Should().BeCloseTo(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        call.IsMissedBy("bob").Should().BeTrue();
        call.IsMissedBy("alice").Should().BeFalse("he made it");
    }

    [Theory]
    [InlineData(Home.Memory, RejectReasons.Declined, CallOutcome.Declined, false)]
    [InlineData(Home.Memory, RejectReasons.Busy, CallOutcome.Busy, true)]
    [InlineData(Home.Memory, RejectReasons.MediaFailed, CallOutcome.MediaFailed, false)]
    [InlineData(Home.Grains, RejectReasons.Declined, CallOutcome.Declined, false)]
    [InlineData(Home.Grains, RejectReasons.Busy, CallOutcome.Busy, true)]
    public async Task Who_refuses_has_not_missed_a_call_and_who_was_busy_has(Home home, string reason, CallOutcome outcome, bool isMissed)
    {
        await using var host = await StartAsync(home, Transport.WebSocket);
        await using var alice = await host.ConnectAsync("alice");
        await using var bob = await host.ConnectAsync("bob");
        await RingAsync(alice, bob);
        await bob.SendAsync(new RejectMessage { CallId = Id, Seq = 1, Reason = reason });

        var call = await NextAsync(host);

        call.Outcome.Should().Be(outcome);
        call.IsMissedBy("bob").Should().Be(isMissed);
    }

    [Theory]
    [InlineData(Home.Memory)]
    [InlineData(Home.Grains)]
    public async Task A_log_that_throws_changes_nothing(Home home)
    {
        await using var host = await OperatedHost.StartAsync(home, Transport.WebSocket, plug: calls => calls.UseLog<BrokenLog>());
        await using var alice = await host.ConnectAsync("alice");
        await using var bob = await host.ConnectAsync("bob");
        await RingAsync(alice, bob);
        var end = bob.NextAsync<EndMessage>();
        await alice.SendAsync(new EndMessage { CallId = Id, Seq = 2 });
        (await end).Reason.Should().Be(EndReasons.Cancelled);
    }

    private static async Task<OperatedHost> StartAsync(Home home, Transport transport, Action<CallSignalingOptions>? configure = null)
        => await OperatedHost.StartAsync(home, transport, configure, calls => calls.UseLog<KeptLog>());

    private static async Task RingAsync(ISignalingChannel alice, ISignalingChannel bob)
    {
        var offer = bob.NextAsync<OfferMessage>();
        await alice.SendAsync(Initiate);
        await offer;
    }

    private static Task<CallRecord> NextAsync(OperatedHost host) => ((KeptLog)host.Service<ICallLog>()).Calls.Reader.ReadAsync().AsTask().InTime();

    private sealed class KeptLog : ICallLog
    {
        public Channel<CallRecord> Calls { get; } = Channel.CreateUnbounded<CallRecord>();

        public ValueTask WriteAsync(CallRecord call, CancellationToken cancellationToken) => Calls.Writer.WriteAsync(call, cancellationToken);
    }

    private sealed class BrokenLog : ICallLog
    {
        public ValueTask WriteAsync(CallRecord call, CancellationToken cancellationToken) => throw new IOException("The disk is full.");
    }
}
