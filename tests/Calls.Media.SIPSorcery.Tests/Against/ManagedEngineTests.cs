using Calls.Media.SIPSorcery.Tests.People;
using Calls.Media.WebRtc.Tests.Session;
using SIPSorceryMedia.Abstractions;

namespace Calls.Media.SIPSorcery.Tests.Against;

/// <summary>SIPSorcery and the managed engine, in both roles, on real sockets.</summary>
public class ManagedEngineTests
{
    private readonly EngineEnd _other = new(440, clip: 2);

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task B1_B2_Each_hears_and_sees_the_other_whoever_offers(bool offers, bool opus)
    {
        Person person = new(660, formats: opus ? [AudioCommonlyUsedFormats.OpusWebRTC] : []);
        await using var talk = await Talk.ConnectAsync(offers ? person.Source : _other.Source, offers ? _other.Source : person.Source, video: true);
        await HearAsync(person);
        await Talk.Until(() => person.Eye.Names.Intersect(_other.SentPictures).Count() > 5, () => $"it sees {person.Eye.Names.Count} pictures");
        await Talk.Until(() => _other.Pictures.Intersect(person.Pictures).Count() > 5, () => $"the engine sees {_other.Pictures.Count} pictures");

        var side = offers ? talk.First : talk.Second;
        side.States.Should().Equal(MediaConnectionState.Connecting, MediaConnectionState.Connected);
        side.Candidates.Should().NotBeEmpty().And.OnlyContain(candidate => candidate.Candidate.StartsWith("candidate:", StringComparison.Ordinal));
        var stream = side.Events.OfType<RemoteStreamAdded>().Should().ContainSingle().Which.Stream.Should().BeOfType<SIPSorceryRemoteStream>().Which;
        (stream.AudioSink, stream.VideoSink).Should().Be((person.Ear, person.Eye));
        var figures = await side.StatisticsAsync();
        figures.PacketsSent.Should().BeGreaterThan(20);
        figures.PacketsReceived.Should().BeGreaterThan(20);
        figures.BytesSent.Should().BeGreaterThan(1_000);
        figures.BytesReceived.Should().BeGreaterThan(1_000);
        figures.IsRelayed.Should().BeFalse();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Both_speak_in_the_format_that_the_offer_names_first(bool offers, bool opusFirst)
    {
        AudioFormat[] formats = [AudioCommonlyUsedFormats.OpusWebRTC, new(SDPWellKnownMediaFormatsEnum.PCMU)];
        Person person = new(660, formats: opusFirst ? formats : [.. formats.Reverse()]), same = new(880, formats: formats);
        await using (var talk = await Talk.ConnectAsync(offers ? person.Source : _other.Source, offers ? _other.Source : person.Source))
            await HearAsync(person);
        string.Equals(person.Microphone!.Format.FormatName, "opus", StringComparison.OrdinalIgnoreCase).Should().Be(opusFirst);

        await using var own = await Talk.BeginAsync(person.Source, same.Source);
        var answer = await own.Second.Session.AnswerOfferAsync(await own.First.Session.CreateOfferAsync());
        answer.Should().MatchRegex(opusFirst ? "m=audio [0-9]+ [A-Z/]+ 111 0" : "m=audio [0-9]+ [A-Z/]+ 0 111", "the answer keeps the order of the offer (RFC 3264, section 6.1)");
        await own.First.Session.TakeAnswerAsync(answer);
        await own.ReachAsync(MediaConnectionState.Connected);
        await Talk.Until(() => person.Microphone.Starts + same.Microphone!.Starts == 2, () => "both speak");
        person.Microphone.Format.FormatName.Should().Be(same.Microphone!.Format.FormatName);
    }

    [Fact]
    public async Task B8_B11_What_is_muted_or_held_is_not_sent_and_what_is_held_not_played()
    {
        Person person = new(660);
        await using var talk = await Talk.BeginAsync(person.Source, _other.Source, muted: true);
        await talk.AgreeAsync();
        await talk.ReachAsync(MediaConnectionState.Connected);
        await Talk.Until(() => person.Ear.Frequency is > 430 and < 450, () => $"it hears {person.Ear.Frequency} Hz");
        (_other.Tone, person.Microphone!.Starts).Should().Be((0, 0), "what is opened muted is not even started");
        (await talk.First.StatisticsAsync()).PacketsSent.Should().Be(0);

        await talk.First.Media.SetMutedAsync(false);
        await HearAsync(person);
        await talk.First.Media.SetMutedAsync(true);
        await Talk.Until(() => _other.Tone == 0, () => $"the engine hears {_other.Tone} Hz");
        await talk.First.Media.SetMutedAsync(false);
        await HearAsync(person);

        await talk.First.Media.SetHoldAsync(true);
        person.Ear.Forget();
        await Talk.Until(() => _other.Tone == 0, () => $"the engine hears {_other.Tone} Hz");
        person.Ear.Frequency.Should().Be(0);
        await talk.First.Media.SetHoldAsync(false);
        await HearAsync(person);
    }

    [Fact]
    public async Task B9_The_camera_goes_on_and_off_without_a_negotiation()
    {
        Person person = new(660);
        await using var talk = await Talk.ConnectAsync(person.Source, _other.Source);
        for (var i = 0; i < 2; i++)
        {
            var seen = _other.Pictures.Count;
            await talk.First.Media.SetVideoAsync(VideoSource.Camera);
            await Talk.Until(() => _other.Pictures.Count > seen + 5, () => $"the engine sees {_other.Pictures.Count} pictures");
            await talk.First.Media.SetVideoAsync(VideoSource.Off);
            person.Camera!.IsClosed.Should().BeTrue("its light goes off");
        }

        talk.First.Events.OfType<NegotiationNeeded>().Should().BeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task B3_Who_leaves_is_missed_and_everything_of_his_is_closed(bool leaves)
    {
        Person person = new(660);
        await using var talk = await Talk.ConnectAsync(person.Source, _other.Source, video: true);
        if (leaves)
        {
            await talk.First.DisposeAsync();
            await talk.Second.ReachesAsync(MediaConnectionState.Disconnected);
            (person.Microphone!.IsClosed, person.Camera!.IsClosed, person.Ear.IsClosed, person.Eye.IsClosed).Should().Be((true, true, true, true));
        }
        else
        {
            await talk.Second.DisposeAsync();
            await talk.First.ReachesAsync(MediaConnectionState.Disconnected);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task X9_Another_fingerprint_fails_the_connection_and_nothing_is_sent(bool offers)
    {
        Person person = new(660);
        await using var talk = await Talk.BeginAsync(offers ? person.Source : _other.Source, offers ? _other.Source : person.Source);
        var offer = await talk.First.Session.CreateOfferAsync();
        var answer = await talk.Second.Session.AnswerOfferAsync(offers ? offer : Other(offer));
        await talk.First.Session.TakeAnswerAsync(offers ? Other(answer) : answer);
        var side = offers ? talk.First : talk.Second;
        await side.ReachesAsync(MediaConnectionState.Failed);
        side.States.Should().Equal(MediaConnectionState.Connecting, MediaConnectionState.Failed);
        (await side.StatisticsAsync()).PacketsSent.Should().Be(0);
        person.Ear.Frames.Should().Be(0);
    }

    private static string Other(string description) => string.Join("\r\n", description.Split("\r\n")
        .Select(line => line.StartsWith("a=fingerprint:", StringComparison.Ordinal) ? line[..^5] + (line.EndsWith("00:00", StringComparison.Ordinal) ? "11:11" : "00:00") : line));

    private async Task HearAsync(Person person)
    {
        await Talk.Until(() => person.Ear.Frequency is > 430 and < 450, () => $"it hears {person.Ear.Frequency} Hz");
        await Talk.Until(() => _other.Tone is > 645 and < 675, () => $"the engine hears {_other.Tone} Hz");
    }
}
