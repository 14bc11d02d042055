using System.Text.Json;
using Calls.Blazor.Tests.Doubles;
using Calls.Media;
using Calls.Signaling;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Moq;

namespace Calls.Blazor.Tests.Media;

public sealed class SessionTests : IAsyncLifetime
{
    private readonly ScriptedPage _page = new();
    private BrowserMediaSource _source = null!;
    private BrowserMediaSession _session = null!;

    public async Task InitializeAsync()
    {
        _page.Answers("open", new { video = "off" });
        _page.Answers("createOffer", "the offer");
        _page.Answers("answerOffer", "the answer");
        _page.Answers("addCandidates", 0);
        _source = new BrowserMediaSource(_page);
        _session = (BrowserMediaSession)await _source.ConnectAsync(new MediaSessionOptions());
    }

    public async Task DisposeAsync() => await _session.DisposeAsync();

    [Fact]
    public async Task S12_servers_reach_the_browser_and_relay_is_forced_only_when_asked()
    {
        await _source.ConnectAsync(new MediaSessionOptions
        {
            IceServers = [new IceServer { Urls = ["turn:turn.example:3478"], Username = "u", Credential = "c" }],
            RelayOnly = true,
        });

        _page.To("connect").Select(call => ((JsonElement)call.Arguments[1]!).GetRawText()).Should().Equal(
            """{"iceServers":[],"relayOnly":false}""",
            """{"iceServers":[{"urls":["turn:turn.example:3478"],"username":"u","credential":"c"}],"relayOnly":true}""");
    }

    [Fact]
    public async Task S1_the_caller_attaches_then_offers_then_takes_the_answer()
    {
        var media = (BrowserLocalMedia)await _source.OpenAsync(new MediaRequest(Video: false));
        await _session.AttachAsync(media);
        (await _session.CreateOfferAsync()).Should().Be("the offer");
        await _session.TakeAnswerAsync("their answer");

        _page.Functions.Should().Equal("import", "createEngine", "connect", "open", "attach", "createOffer", "takeAnswer");
        _page.To("attach").Single().Arguments.Should().Equal(_session.Number, media.Number);
        _page.To("createOffer").Single().Arguments.Should().Equal(_session.Number, false);
        _page.To("takeAnswer").Single().Arguments.Should().Equal(_session.Number, "their answer");
    }

    [Fact]
    public async Task B33_an_ICE_restart_is_asked_of_the_browser()
    {
        await _session.CreateOfferAsync(iceRestart: true);
        _page.To("createOffer").Single().Arguments.Should().Equal(_session.Number, true);
    }

    [Fact]
    public async Task S2_the_callee_answers_the_offer()
    {
        (await _session.AnswerOfferAsync("their offer")).Should().Be("the answer");
        _page.To("answerOffer").Single().Arguments.Should().Equal(_session.Number, "their offer");
    }

    [Fact]
    public async Task Candidates_keep_the_browsers_own_shape_and_the_end_of_a_generation_is_an_empty_one()
    {
        await _session.AddCandidatesAsync([new IceCandidate("candidate:1", "0", 0, "uf"), new IceCandidate("")]);
        await _session.AddCandidatesAsync([]);

        ((JsonElement)_page.To("addCandidates").Single().Arguments[1]!).GetRawText()
            .Should().Be("""[{"candidate":"candidate:1","sdpMid":"0","sdpMLineIndex":0,"usernameFragment":"uf"},{"candidate":""}]""");
    }

    [Fact]
    public async Task Candidates_that_the_browser_refuses_are_passed_over()
    {
        _page.Answers("addCandidates", 1);
        await _session.Invoking(session => session.AddCandidatesAsync([new IceCandidate("nonsense")])).Should().NotThrowAsync();
    }

    [Fact]
    public async Task X9_a_description_that_the_browser_does_not_take_is_a_typed_failure()
    {
        foreach (var name in new[] { "OperationError", "InvalidAccessError", "InvalidStateError", "TypeError" })
        {
            _page.Fails("answerOffer", name);
            var answer = () => _session.AnswerOfferAsync("nonsense");
            (await answer.Should().ThrowAsync<MediaException>()).Which.Failure.Should().Be(MediaFailure.BadDescription);
        }
    }

    [Fact]
    public async Task Devices_of_another_engine_are_refused()
        => await _session.Invoking(session => session.AttachAsync(Mock.Of<ILocalMedia>())).Should().ThrowAsync<ArgumentException>();

    [Fact]
    public void Events_before_the_first_subscription_are_kept_for_it_in_order()
    {
        _page.Raise(_session.Number, new { kind = "candidates", candidates = new[] { new { candidate = "candidate:1", sdpMid = "0", sdpMLineIndex = 0 } } });
        _page.Raise(_session.Number, new { kind = "state", state = "connecting" }, new { kind = "negotiation-needed" });
        List<MediaSessionEvent> events = [];
        using var subscription = _session.Events.Subscribe(events.Add);
        _page.Raise(_session.Number, new { kind = "state", state = "connected" });

        events.Should().HaveCount(4);
        events[0].Should().BeOfType<LocalCandidatesGathered>().Which.Candidates.Should().Equal(new IceCandidate("candidate:1", "0", 0));
        events.Skip(1).Should().Equal(
            new ConnectionStateChanged(MediaConnectionState.Connecting), new NegotiationNeeded(), new ConnectionStateChanged(MediaConnectionState.Connected));
    }

    [Theory]
    [InlineData("new", MediaConnectionState.New)]
    [InlineData("disconnected", MediaConnectionState.Disconnected)]
    [InlineData("failed", MediaConnectionState.Failed)]
    [InlineData("closed", MediaConnectionState.Closed)]
    public void Every_state_of_the_connection_is_known(string name, MediaConnectionState state)
    {
        List<MediaSessionEvent> events = [];
        using var subscription = _session.Events.Subscribe(events.Add);
        _page.Raise(_session.Number, new { kind = "state", state = name }, new { kind = "state", state = "of a later browser" }, new { kind = "unheard of" });
        events.Should().Equal(new ConnectionStateChanged(state));
    }

    [Fact]
    public void B37_a_failure_that_no_ice_restart_mends_is_known()
    {
        List<MediaSessionEvent> events = [];
        using var subscription = _session.Events.Subscribe(events.Add);
        _page.Raise(_session.Number, new { kind = "state", state = "failed", needsNewSession = false }, new { kind = "state", state = "failed", needsNewSession = true });
        events.Should().Equal(
            new ConnectionStateChanged(MediaConnectionState.Failed), new ConnectionStateChanged(MediaConnectionState.Failed) { NeedsNewSession = true });
    }

    [Fact]
    public async Task S11_the_remote_stream_can_be_attached_and_tells_when_playing_is_blocked()
    {
        List<MediaSessionEvent> events = [];
        using var subscription = _session.Events.Subscribe(events.Add);
        _page.Raise(_session.Number, new { kind = "remote-stream", streamId = "s1" });
        var stream = events.Should().ContainSingle().Which.Should().BeOfType<RemoteStreamAdded>().Which.Stream.Should().BeOfType<BrowserRemoteStream>().Subject;
        List<bool> blocked = [];
        using var playback = stream.PlaybackBlocked.Subscribe(blocked.Add);

        var (video, audio) = (new ElementReference("v"), new ElementReference("a"));
        await stream.AttachAsync(video, audio);
        _page.Raise(_session.Number, new { kind = "playback", blocked = true });
        _page.Raise(_session.Number, new { kind = "playback", blocked = false });

        stream.Id.Should().Be("s1");
        _page.To("attachRemote").Single().Arguments.Should().Equal(_session.Number, video, audio);
        blocked.Should().Equal(false, true, false);
    }

    [Fact]
    public async Task Statistics_come_as_the_core_knows_them()
    {
        _page.Answers("statistics", new { roundTripSeconds = 0.025, packetsSent = 5_000_000_000, packetsLost = 3, isRelayed = true });

        (await _session.GetStatisticsAsync()).Should().Be(new MediaStatistics
        {
            RoundTripTime = TimeSpan.FromMilliseconds(25), PacketsSent = 5_000_000_000, PacketsLost = 3, IsRelayed = true,
        });
    }

    [Fact]
    public async Task B47_disposing_closes_the_connection_once_and_late_events_reach_nobody()
    {
        List<MediaSessionEvent> events = [];
        var completed = false;
        using var subscription = _session.Events.Subscribe(events.Add, () => completed = true);

        await Task.WhenAll(_session.DisposeAsync().AsTask(), _session.DisposeAsync().AsTask());
        _page.Raise(_session.Number, new { kind = "state", state = "connected" });

        _page.To("close").Should().ContainSingle().Which.Arguments.Should().Equal(_session.Number);
        completed.Should().BeTrue();
        events.Should().BeEmpty();
    }

    [Fact]
    public async Task B47_disposing_ends_what_is_under_way()
    {
        _page.Does("createOffer", _ => new TaskCompletionSource<object?>().Task);
        var offering = _session.CreateOfferAsync();

        await _session.DisposeAsync();

        (await FluentActions.Awaiting(() => offering).Should().ThrowAsync<MediaException>()).Which.Failure.Should().Be(MediaFailure.EngineLost);
    }

    [Fact]
    public async Task A_call_that_the_runtime_gave_up_is_an_engine_that_is_lost()
    {
        _page.Throws("createOffer", new TaskCanceledException());
        var offer = () => _session.CreateOfferAsync();
        (await offer.Should().ThrowAsync<MediaException>()).Which.Failure.Should().Be(MediaFailure.EngineLost);
        _page.To("createOffer").Single().HasToken.Should().BeFalse("so that the runtime's own time limit applies");
    }

    [Fact]
    public async Task A_page_that_is_gone_is_an_engine_that_is_lost_on_every_path_and_disposing_is_silent()
    {
        var media = await _source.OpenAsync(new MediaRequest(Video: false));
        List<MediaSessionEvent> events = [];
        using var subscription = _session.Events.Subscribe(events.Add);
        _page.Raise(_session.Number, new { kind = "remote-stream", streamId = "s1" });
        var stream = (BrowserRemoteStream)((RemoteStreamAdded)events[0]).Stream;
        _page.Broken = new JSDisconnectedException("gone");

        Func<Task>[] acts =
        [
            () => _source.ConnectAsync(new MediaSessionOptions()), () => _session.AttachAsync(media), () => _session.CreateOfferAsync(),
            () => _session.AnswerOfferAsync("o"), () => _session.TakeAnswerAsync("a"), () => _session.RollbackAsync(),
            () => _session.AddCandidatesAsync([new IceCandidate("c")]), () => _session.GetStatisticsAsync(),
            () => stream.AttachAsync(new ElementReference("v"), new ElementReference("a")),
        ];
        foreach (var act in acts)
            (await act.Should().ThrowAsync<MediaException>()).Which.Failure.Should().Be(MediaFailure.EngineLost);
        await stream.Invoking(it => it.DetachAsync()).Should().NotThrowAsync();
        await _session.Invoking(it => it.DisposeAsync().AsTask()).Should().NotThrowAsync();
        await media.Invoking(it => it.DisposeAsync().AsTask()).Should().NotThrowAsync();
    }
}
