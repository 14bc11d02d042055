using System.Reactive.Linq;
using Calls.Media;
using Calls.Signaling;

namespace Calls.Tests.Manager;

public class CallManagerTests
{
    [Fact]
    public async Task B1_an_outgoing_call_is_carried_out_in_the_order_of_S1_and_media_opens_once()
    {
        await using var fixture = new ManagerFixture();
        var id = await fixture.ConnectOutgoingAsync(video: true);
        fixture.Channel.Receive(new CandidatesMessage { CallId = id, Candidates = [new("remote")], Seq = 2 });
        await ManagerFixture.Eventually(() => fixture.Media.Journal.Contains("add remote"));

        fixture.Media.Journal.Should().Equal(
            "open video=True muted=False", "connect servers=0", "attach", "offer", "take remote-answer", "add remote");
        fixture.Manager.Current.Should().BeEquivalentTo(new
        {
            State = CallState.Connected,
            CallId = id,
            ChatId = "bob",
            Role = CallRole.Caller,
            Peer = new CallPeer("bob", "phone", "Bob"),
            IsVideoCall = true,
            LocalVideo = VideoSource.Camera,
            ConnectedAt = fixture.Time.GetUtcNow(),
        });
    }

    [Fact]
    public async Task B2_an_incoming_call_opens_nothing_before_accept_and_is_carried_out_in_the_order_of_S2()
    {
        await using var fixture = new ManagerFixture();
        fixture.Ring(video: true);
        (await fixture.Until(CallState.IncomingRinging)).Peer!.Name.Should().Be("Bob");
        await fixture.Channel.NextAsync<RingingMessage>();
        fixture.Media.Journal.Should().BeEmpty();

        await fixture.Manager.AcceptIncomingAsync(video: true);
        (await fixture.Channel.NextAsync<AnswerMessage>()).Sdp.Should().Be("answer-sdp");
        fixture.Session.RaiseState(MediaConnectionState.Connected);
        await fixture.Until(CallState.Connected);
        fixture.Media.Journal.Should().Equal("open video=True muted=False", "connect servers=0", "attach", "answer remote-offer");
    }

    [Fact]
    public async Task B3_hang_up_closes_everything_and_leaves_no_listener_and_no_timer_but_the_linger()
    {
        await using var fixture = new ManagerFixture();
        await fixture.ConnectOutgoingAsync();
        var (session, local) = (fixture.Session, fixture.Media.Opened.Single());
        await fixture.Manager.EndAsync();
        await ManagerFixture.Eventually(() => session.Disposals > 0 && local.Disposals > 0);
        session.HasObservers.Should().BeFalse();
        local.HasObservers.Should().BeFalse();
        (await fixture.Channel.NextAsync<EndMessage>()).Reason.Should().Be(EndReasons.Hangup);
        await ManagerFixture.Eventually(() => fixture.Ends.Count == 1);
        fixture.Manager.Current.Should().BeEquivalentTo(
            new { State = CallState.Ended, LocalMedia = (ILocalMedia?)null, RemoteStream = (IRemoteStream?)null, End = fixture.Ends[0] });

        fixture.Time.Advance(new CallOptions().EndedLinger);
        (await fixture.Until(CallState.Idle)).Should().BeSameAs(CallSnapshot.Idle);
    }

    [Fact]
    public async Task B5_the_callers_own_guard_ends_a_call_that_the_server_forgot()
    {
        await using var fixture = new ManagerFixture();
        await fixture.Manager.StartOutgoingAsync("bob", video: false);
        await fixture.SettleAsync();
        fixture.Time.Advance(TimeSpan.FromSeconds(50));
        (await fixture.Until(CallState.Ended)).End!.Reason.Should().Be(CallEndReason.NoAnswer);
    }

    [Fact]
    public async Task B8_a_hundred_toggles_in_a_row_end_in_the_last_wish()
    {
        await using var fixture = new ManagerFixture();
        await fixture.ConnectOutgoingAsync();
        await Task.WhenAll(Enumerable.Range(0, 101).Select(_ => fixture.Manager.ToggleMuteAsync()));
        await Task.WhenAll(Enumerable.Range(0, 101).Select(_ => fixture.Manager.ToggleVideoAsync()));
        fixture.Media.Opened.Single().Should().BeEquivalentTo(new { IsMuted = true, Video = VideoSource.Camera });
        fixture.Manager.Current.Should().BeEquivalentTo(new { IsMuted = true, LocalVideo = VideoSource.Camera });
        fixture.Channel.Sent.OfType<MediaStateMessage>().Last().Should().BeEquivalentTo(new { Muted = true, Video = VideoSource.Camera });
    }

    [Fact]
    public async Task B12_a_refused_microphone_fails_the_callers_task_with_the_typed_end()
    {
        await using var fixture = new ManagerFixture();
        fixture.Media.OpenFailure = new MediaException(MediaFailure.PermissionDenied, "refused");
        var start = () => fixture.Manager.StartOutgoingAsync("bob", video: true);
        (await start.Should().ThrowAsync<CallException>()).Which.End.Should().BeEquivalentTo(
            new { Reason = CallEndReason.MediaDenied, Error = fixture.Media.OpenFailure });
        fixture.Channel.Sent.OfType<CallMessage>().Should().BeEmpty();
    }

    [Fact]
    public async Task B12_a_missing_camera_goes_on_as_voice()
    {
        await using var fixture = new ManagerFixture();
        fixture.Media.CameraFailure = new MediaException(MediaFailure.NoDevice, "none");
        await fixture.ConnectOutgoingAsync(video: true);
        fixture.Manager.Current.LocalVideo.Should().Be(VideoSource.Off);
        await ManagerFixture.Eventually(() => fixture.Errors.Count == 1);
        fixture.Errors[0].Should().BeEquivalentTo(new { Kind = CallErrorKind.Video, Error = fixture.Media.CameraFailure });
    }

    [Fact]
    public async Task B18_an_offer_that_comes_too_late_is_told_as_missed()
    {
        await using var fixture = new ManagerFixture();
        fixture.Channel.Receive(new OfferMessage { CallId = CallId.New(), ChatId = "bob", Sdp = "x", AgeMs = 45_000, RingTimeoutMs = 45_000 });
        await ManagerFixture.Eventually(() => fixture.Missed.Count == 1);
        fixture.States.Should().Equal(CallState.Idle);
    }

    [Fact]
    public async Task B19_accept_twice_is_safe_and_both_tasks_complete()
    {
        await using var fixture = new ManagerFixture();
        fixture.Ring();
        await fixture.Until(CallState.IncomingRinging);
        await Task.WhenAll(fixture.Manager.AcceptIncomingAsync(false), fixture.Manager.AcceptIncomingAsync(false));
        fixture.Media.Opened.Should().ContainSingle();
    }

    [Fact]
    public async Task B21_end_while_the_prompt_is_open_stops_what_opens_late()
    {
        await using var fixture = new ManagerFixture();
        fixture.Media.Prompt = new TaskCompletionSource();
        var start = fixture.Manager.StartOutgoingAsync("bob", video: true);
        await fixture.Until(snapshot => snapshot.IsOpeningMedia);
        await ManagerFixture.Eventually(() => !fixture.Media.Journal.IsEmpty);
        await fixture.Manager.EndAsync();
        await start.Invoking(task => task).Should().ThrowAsync<CallException>();
        fixture.Media.Opened.Should().BeEmpty();

        fixture.Media.Prompt.SetResult();
        await ManagerFixture.Eventually(() => fixture.Media.Opened.SingleOrDefault()?.Disposals > 0);
        fixture.Channel.Sent.OfType<CallMessage>().Should().BeEmpty();
        fixture.Media.Sessions.Should().BeEmpty();
    }

    [Fact]
    public async Task B21_a_cancelled_start_is_a_cancelled_task_and_an_ended_call()
    {
        await using var fixture = new ManagerFixture();
        fixture.Media.Prompt = new TaskCompletionSource();
        using var cancellation = new CancellationTokenSource();
        var start = fixture.Manager.StartOutgoingAsync("bob", video: false, cancellation.Token);
        await fixture.Until(CallState.Outgoing);
        await cancellation.CancelAsync();
        await start.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        (await fixture.Until(CallState.Ended)).End!.Reason.Should().Be(CallEndReason.Cancelled);
        fixture.Media.Prompt.SetResult();
    }

    [Fact]
    public async Task B23_a_handler_that_throws_blocks_or_ends_the_call_from_inside_breaks_nothing_and_order_is_kept()
    {
        await using var fixture = new ManagerFixture();
        using var stuck = new ManualResetEventSlim();
        List<CallState> seen = [];
        using var throwing = fixture.Manager.Snapshots.Subscribe(_ => throw new InvalidOperationException("a host's bug"));
        using var blocking = fixture.Manager.Snapshots.Skip(1).Subscribe(_ => stuck.Wait(TimeSpan.FromSeconds(10)));
        using var ending = fixture.Manager.States.Subscribe(state =>
        {
            seen.Add(state);
            if (state == CallState.Connected)
                fixture.Manager.EndAsync().GetAwaiter().GetResult();
        });

        await fixture.Manager.StartOutgoingAsync("bob", video: false).ContinueWith(_ => { }, TaskScheduler.Default);
        fixture.Channel.Receive(new AnswerMessage { CallId = fixture.Manager.Current.CallId!.Value, Sdp = "a" });
        await fixture.Until(CallState.Connecting);
        fixture.Session.RaiseState(MediaConnectionState.Connected);
        await fixture.Until(CallState.Ended);
        await ManagerFixture.Eventually(() => seen.Count == 5);
        seen.Should().Equal(CallState.Idle, CallState.Outgoing, CallState.Connecting, CallState.Connected, CallState.Ended);
        stuck.Set();
    }

    [Fact]
    public async Task B27_a_call_while_busy_is_rejected_and_told_as_missed()
    {
        await using var fixture = new ManagerFixture();
        await fixture.ConnectOutgoingAsync();
        var other = fixture.Ring(from: "carol");
        (await fixture.Channel.NextAsync<RejectMessage>()).Should().BeEquivalentTo(new { CallId = other, Reason = RejectReasons.Busy });
        await ManagerFixture.Eventually(() => fixture.Missed.Count == 1);
        fixture.Manager.Current.State.Should().Be(CallState.Connected);
    }

    [Fact]
    public async Task B29_calling_oneself_is_an_argument_exception()
    {
        await using var fixture = new ManagerFixture();
        await fixture.Invoking(f => f.Manager.StartOutgoingAsync("alice", true)).Should().ThrowAsync<ArgumentException>();
        fixture.Manager.Current.State.Should().Be(CallState.Idle);
    }

    [Fact]
    public async Task A_second_start_is_refused_with_the_state_and_what_would_be_legal()
    {
        await using var fixture = new ManagerFixture();
        await fixture.Manager.StartOutgoingAsync("bob", false);
        (await fixture.Invoking(f => f.Manager.StartOutgoingAsync("carol", false)).Should().ThrowAsync<InvalidOperationException>())
            .WithMessage("*Outgoing*Idle, IncomingRinging, Ended, Failed*");
        await using var idle = new ManagerFixture();
        await idle.Invoking(f => f.Manager.AcceptIncomingAsync(false)).Should().ThrowAsync<InvalidOperationException>();
        await idle.Invoking(f => f.Manager.ToggleMuteAsync()).Should().ThrowAsync<InvalidOperationException>();
        await idle.Invoking(f => f.Manager.StartOutgoingAsync(" ", false)).Should().ThrowAsync<ArgumentException>();
        await idle.Invoking(f => f.Manager.StartOutgoingAsync(new string('x', 257), false)).Should().ThrowAsync<ArgumentException>();
        await idle.Manager.EndAsync();
        await idle.Manager.RejectAsync();
    }

    [Fact]
    public async Task A_pushed_offer_is_accepted_at_once_and_its_copy_from_the_server_does_not_ring()
    {
        await using var fixture = new ManagerFixture();
        var id = CallId.New();
        await fixture.Manager.AcceptIncomingAsync(new IncomingOffer(id, "bob", "remote-offer", Video: true), video: false);
        fixture.Channel.Receive(new OfferMessage { CallId = id, ChatId = "bob", Sdp = "remote-offer", Seq = 1 });
        fixture.Session.RaiseState(MediaConnectionState.Connected);
        await fixture.Until(CallState.Connected);
        await ManagerFixture.Eventually(() => fixture.States.Count == 4);
        fixture.States.Should().Equal(CallState.Idle, CallState.IncomingRinging, CallState.Connecting, CallState.Connected);
        await fixture.Invoking(f => f.Manager.AcceptIncomingAsync(new IncomingOffer(CallId.New(), "carol", "x", false), false))
            .Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public async Task The_remote_stream_is_told_once_and_stays_the_same_until_the_end()
    {
        await using var fixture = new ManagerFixture();
        List<IRemoteStream> streams = [];
        using var subscription = fixture.Manager.RemoteStreams.Subscribe(streams.Add);
        await fixture.ConnectOutgoingAsync();
        fixture.Session.Raise(new RemoteStreamAdded(fixture.Session));
        fixture.Session.Raise(new RemoteStreamAdded(new ScriptedSession(fixture.Media)));
        (await fixture.Until(snapshot => snapshot.RemoteStream is not null)).RemoteStream.Should().BeSameAs(fixture.Session);
        await fixture.Manager.EndAsync();
        fixture.Manager.Current.RemoteStream.Should().BeNull();
        await ManagerFixture.Eventually(() => streams.Count == 1);
    }

    [Fact]
    public async Task The_servers_ice_servers_and_those_of_the_options_reach_the_engine()
    {
        var options = new CallOptions { IceServers = { new() { Urls = ["stun:127.0.0.1"] } } };
        await using var fixture = new ManagerFixture(options);
        fixture.Channel.Receive(new WelcomeMessage { UserId = "alice", DeviceId = "d1", IceServers = [new() { Urls = ["turn:127.0.0.1"] }] });
        await fixture.ConnectOutgoingAsync();
        fixture.Media.Journal.Should().Contain("connect servers=2");
    }

    [Fact]
    public async Task An_engine_that_throws_anything_at_all_is_a_typed_end()
    {
        await using var fixture = new ManagerFixture();
        fixture.Media.OfferFailure = new DivideByZeroException();
        (await fixture.Invoking(f => f.Manager.StartOutgoingAsync("bob", false)).Should().ThrowAsync<CallException>())
            .Which.End.Should().BeEquivalentTo(new { Reason = CallEndReason.MediaFailed, Error = fixture.Media.OfferFailure });
        await ManagerFixture.Eventually(() => fixture.Media.Opened.Single().Disposals > 0);
    }
}
