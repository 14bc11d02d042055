using Calls.Media;
using Calls.Signaling;

namespace Calls.Tests.Manager;

public class DisposalTests
{
    [Theory]
    [InlineData(CallState.Idle)]
    [InlineData(CallState.Outgoing)]
    [InlineData(CallState.IncomingRinging)]
    [InlineData(CallState.Connecting)]
    [InlineData(CallState.Connected)]
    [InlineData(CallState.Ended)]
    [InlineData(CallState.Failed)]
    public async Task B47_dispose_in_each_state_twice_and_in_parallel_is_clean(CallState state)
    {
        var fixture = new ManagerFixture();
        if (state is CallState.Outgoing or CallState.Connecting or CallState.Failed)
        {
            var id = await fixture.Manager.StartOutgoingAsync("bob", false);
            if (state != CallState.Outgoing)
                fixture.Channel.Receive(new AnswerMessage { CallId = id, Sdp = "remote-answer", From = new("bob", "phone", "Bob"), Seq = 1 });
        }

        if (state == CallState.IncomingRinging)
            fixture.Ring();
        if (state is CallState.Connected or CallState.Ended)
            await fixture.ConnectOutgoingAsync();
        if (state == CallState.Ended)
            await fixture.Manager.EndAsync();
        if (state == CallState.Failed)
        {
            await fixture.Until(CallState.Connecting);
            fixture.Time.Advance(new CallOptions().ConnectTimeout);
        }

        await fixture.Until(state);
        var completed = new TaskCompletionSource();
        using var subscription = fixture.Manager.Snapshots.Subscribe(_ => { }, completed.SetResult);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => fixture.Manager.DisposeAsync().AsTask())).WaitAsync(TimeSpan.FromSeconds(10));
        await fixture.Manager.DisposeAsync();

        await completed.Task.WaitAsync(TimeSpan.FromSeconds(10));
        fixture.Channel.IsDisposed.Should().BeTrue();
        fixture.Channel.MessageObservers.Should().Be(0);
        fixture.Media.Sessions.Should().NotContain(session => session.Disposals == 0 || session.HasObservers);
        fixture.Media.Opened.Should().NotContain(local => local.Disposals == 0 || local.HasObservers);
        await fixture.Invoking(f => f.Manager.StartOutgoingAsync("bob", false)).Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task B47_dispose_from_within_an_observer_is_clean()
    {
        var fixture = new ManagerFixture();
        var disposal = new TaskCompletionSource<Task>();
        using var subscription = fixture.Manager.States.Subscribe(state =>
        {
            if (state == CallState.Connected)
                disposal.SetResult(fixture.Manager.DisposeAsync().AsTask());
        });
        await fixture.AnswerOutgoingAsync();
        // Whoever waited here for the snapshots might find them over already.
        fixture.Session.RaiseState(MediaConnectionState.Connected);

        await (await disposal.Task.WaitAsync(TimeSpan.FromSeconds(10))).WaitAsync(TimeSpan.FromSeconds(10));
        fixture.Channel.MessageObservers.Should().Be(0);
        fixture.Media.Sessions.Should().NotContain(session => session.Disposals == 0 || session.HasObservers);
        fixture.Media.Opened.Should().NotContain(local => local.Disposals == 0 || local.HasObservers);
    }

    [Fact]
    public async Task B47_dispose_in_a_call_tells_the_other_side()
    {
        var fixture = new ManagerFixture();
        await fixture.ConnectOutgoingAsync();
        await fixture.Manager.DisposeAsync();
        fixture.Channel.Sent.OfType<EndMessage>().Should().ContainSingle().Which.Reason.Should().Be(EndReasons.Hangup);
    }

    [Fact]
    public async Task B47_a_prompt_that_stays_open_does_not_keep_the_app_from_closing_and_what_opens_late_is_closed()
    {
        var fixture = new ManagerFixture();
        fixture.Media.Prompt = new TaskCompletionSource();
        var start = fixture.Manager.StartOutgoingAsync("bob", false);
        await ManagerFixture.Eventually(() => !fixture.Media.Journal.IsEmpty);
        var disposal = fixture.Manager.DisposeAsync().AsTask();
        await ManagerFixture.Eventually(() =>
        {
            fixture.Time.Advance(TimeSpan.FromSeconds(1));
            return disposal.IsCompleted;
        });
        await start.Invoking(task => task).Should().ThrowAsync<CallException>();
        fixture.Media.Prompt.SetResult();
        await ManagerFixture.Eventually(() => fixture.Media.Opened.SingleOrDefault()?.Disposals > 0);
    }

    [Fact]
    public async Task B47_a_command_that_waits_when_the_manager_is_disposed_is_released()
    {
        var fixture = new ManagerFixture(new CallOptions { AutoConnect = false });
        var start = fixture.Manager.StartOutgoingAsync("bob", false);
        await fixture.Until(CallState.Outgoing);
        await fixture.Manager.DisposeAsync();
        await start.Invoking(task => task).Should().ThrowAsync<Exception>();
    }
}
