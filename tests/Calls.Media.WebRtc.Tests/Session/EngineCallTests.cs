using System.Text.RegularExpressions;

namespace Calls.Media.WebRtc.Tests.Session;

/// <summary>The engine against itself, on real sockets.</summary>
public partial class EngineCallTests
{
    private readonly EngineEnd _alice = new(440, clip: 1), _bob = new(660, clip: 2);

    [Fact]
    public async Task B1_B2_Each_hears_the_tone_and_sees_the_pictures_of_the_other()
    {
        await using (var call = await EngineCall.ConnectAsync(_alice, _bob, video: true))
        {
            call.First.States.Should().Equal(MediaConnectionState.Connecting, MediaConnectionState.Connected);
            await EngineCall.Until(() => _alice.Tone == 660 && _bob.Tone == 440, "each hears the other's tone");
            await EngineCall.Until(() => _alice.Pictures.Count > 20 && _bob.Pictures.Count > 20, "each sees the other's pictures");
            _alice.Pictures.Should().OnlyContain(picture => _bob.SentPictures.Contains(picture));
            _bob.Pictures.Should().OnlyContain(picture => _alice.SentPictures.Contains(picture));

            call.First.Events.OfType<RemoteStreamAdded>().Should().ContainSingle().Which.Stream.Id.Should().NotBeEmpty();
            var figures = (await call.First.StatisticsAsync())!;
            figures.PacketsSent.Should().BeGreaterThan(50);
            figures.PacketsReceived.Should().BeGreaterThan(50);
            figures.BytesReceived.Should().BeGreaterThan(50_000);
            figures.PacketsLost.Should().Be(0);
            figures.RoundTripTime.Should().BeGreaterThan(TimeSpan.Zero).And.BeLessThan(TimeSpan.FromSeconds(1));
            figures.IsRelayed.Should().BeFalse();
        }

        (_alice.AreOutputsClosed, _bob.AreOutputsClosed).Should().Be((true, true));
    }

    [Theory]
    [InlineData(false, "PCMU/8000")]
    [InlineData(true, "opus/48000/2")]
    public async Task One_without_opus_is_understood_in_G711(bool opus, string first)
    {
        EngineEnd carol = new(880, clip: 3, options => options.Opus = opus);
        await using var call = await EngineCall.BeginAsync(carol, _bob);
        var offer = await call.First.Session.CreateOfferAsync();
        RtpMap().Match(offer).Groups[1].Value.Should().Be(first);
        await call.AgreeAsync();
        await EngineCall.Until(() => carol.Tone == 660 && _bob.Tone == 880, "each hears the other's tone");
    }

    [Fact]
    public async Task S1_Candidates_are_gathered_while_the_devices_of_an_offer_open()
    {
        await using var call = await EngineCall.BeginAsync(_alice, _bob, attaches: false);
        await call.First.Session.PrepareOfferAsync();
        await EngineCall.Until(() => call.First.Candidates.Any(one => one.Candidate.Length > 0), "a candidate before the offer");
        await call.First.Session.AttachAsync(call.First.Media);
        await call.Second.Session.AttachAsync(call.Second.Media);
        await call.AgreeAsync();
        await call.ReachAsync(MediaConnectionState.Connected);
        await EngineCall.Until(() => _bob.Tone == 440 && _alice.Tone == 660, "sound of the devices that came after");
    }

    [Fact]
    public async Task B8_B11_Muted_it_is_silent_and_on_hold_nothing_is_sent_or_played()
    {
        await using var call = await EngineCall.ConnectAsync(_alice, _bob, video: true);
        await EngineCall.Until(() => _bob.Tone == 440 && _alice.Tone == 660, "sound");
        await call.First.Media.SetMutedAsync(true);
        await EngineCall.Until(() => _bob.Tone == 0, "silence");
        await call.First.Media.SetMutedAsync(false);
        await EngineCall.Until(() => _bob.Tone == 440, "sound again");

        await call.First.Media.SetHoldAsync(true);
        var (sent, played, seen) = ((await call.First.StatisticsAsync())!.PacketsSent, _alice.Played, _alice.Pictures.Count);
        var arrived = (await call.First.StatisticsAsync())!.PacketsReceived;
        await EngineCall.Until(() => call.First.StatisticsAsync().Result!.PacketsReceived > arrived + 30, "the other side speaks on");
        (await call.First.StatisticsAsync())!.PacketsSent.Should().Be(sent);
        (_alice.Played, _alice.Pictures.Count).Should().Be((played, seen));

        await call.First.Media.SetHoldAsync(false);
        await EngineCall.Until(() => _alice.Played > played + 30 && _alice.Pictures.Count > seen + 5 && _bob.Tone == 440, "it goes on");
    }

    [Fact]
    public async Task B9_A_camera_goes_on_and_off_without_a_negotiation()
    {
        await using var call = await EngineCall.ConnectAsync(_alice, _bob);
        await call.Second.Media.SetVideoAsync(VideoSource.Camera);
        await EngineCall.Until(() => _alice.Pictures.Count > 5, "pictures");
        await call.Second.Media.SetVideoAsync(VideoSource.Off);
        call.Second.Events.Should().NotContain(one => one is NegotiationNeeded);
        call.Second.Media.Video.Should().Be(VideoSource.Off);
    }

    [Fact]
    public async Task B33_An_ICE_restart_from_either_side_interrupts_no_sound()
    {
        await using var call = await EngineCall.ConnectAsync(_alice, _bob);
        await EngineCall.Until(() => _bob.Tone == 440, "sound");
        await call.AgreeAsync(iceRestart: true);
        var answer = await call.First.Session.AnswerOfferAsync(await call.Second.Session.CreateOfferAsync(iceRestart: true));
        await call.Second.Session.TakeAnswerAsync(answer);
        var played = _bob.Played;
        await EngineCall.Until(() => _bob.Played > played + 50 && _bob.Tone == 440 && _alice.Tone == 660, "sound on the new way");
        call.First.States.Should().Equal(MediaConnectionState.Connecting, MediaConnectionState.Connected);
        (await call.First.StatisticsAsync())!.PacketsLost.Should().Be(0);
        call.First.Candidates.Select(candidate => candidate.UsernameFragment).Distinct().Should().HaveCount(3, "one for each generation");
    }

    [Fact]
    public async Task X9_Another_fingerprint_is_refused_before_any_media()
    {
        await using var call = await EngineCall.BeginAsync(_alice, _bob);
        await call.AgreeAsync(change: answer => Fingerprint().Replace(answer, match => match.Value[..^5] + (match.Value.EndsWith("00:00", StringComparison.Ordinal) ? "11:11" : "00:00")));
        await call.First.ReachesAsync(MediaConnectionState.Failed);
        (await call.First.StatisticsAsync())!.PacketsSent.Should().Be(0);
        (await call.First.StatisticsAsync())!.PacketsReceived.Should().Be(0);
        _alice.Played.Should().Be(0);
        call.First.Events.Should().NotContain(one => one is RemoteStreamAdded);
    }

    [Fact]
    public async Task B3_Who_leaves_is_missed_at_once()
    {
        await using var call = await EngineCall.ConnectAsync(_alice, _bob);
        var since = TimeProvider.System.GetTimestamp();
        await call.First.DisposeAsync();
        call.First.IsOver.Should().BeTrue();
        await call.Second.ReachesAsync(MediaConnectionState.Disconnected);
        TimeProvider.System.GetElapsedTime(since).Should().BeLessThan(TimeSpan.FromSeconds(2), "it is told, and need not be guessed from the silence");
    }

    [Fact]
    public async Task X1_Nothing_is_sent_before_devices_are_attached()
    {
        await using var call = await EngineCall.BeginAsync(_alice, _bob, attaches: false);
        await call.AgreeAsync();
        await call.ReachAsync(MediaConnectionState.Connected);
        (await call.First.StatisticsAsync())!.PacketsSent.Should().Be(0);
        await call.First.Session.AttachAsync(call.First.Media);
        await EngineCall.Until(() => call.Second.StatisticsAsync().Result!.PacketsReceived > 5, "sound");
        _bob.Played.Should().Be(0, "nobody listens there");
        (await call.Second.StatisticsAsync())!.PacketsSent.Should().Be(0);
    }

    [GeneratedRegex("a=rtpmap:[0-9]+ (\\S+)")]
    private static partial Regex RtpMap();

    [GeneratedRegex("a=fingerprint:sha-256 [0-9A-F:]+")]
    private static partial Regex Fingerprint();
}
