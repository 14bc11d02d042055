using System.Text.RegularExpressions;
using Calls.Media.SIPSorcery.Tests.People;
using Calls.Signaling;

namespace Calls.Media.SIPSorcery.Tests.Session;

/// <summary>What a stranger may send: each is a typed failure, and the session takes a good one afterwards.</summary>
public class BadInputTests
{
    public static TheoryData<string?> Candidates =>
    [
        null, "", " ", "candidate:", "a=end-of-candidates", "garbage", "candidate:garbage", "candidate:1", "candidate:1 1 udp", "candidate:1 1 udp 1 127.0.0.1",
        "candidate:1 1 udp 1 127.0.0.1 99999 typ host", "candidate:1 1 udp 1 127.0.0.1 -1 typ host", "candidate:1 1 udp 1 127.0.0.1 x typ host", "candidate:1 1 udp 1 127.0.0.1 5 typ",
        "candidate:1 1 udp 99999999999 127.0.0.1 5 typ host", "candidate:1 1 udp 1 nowhere.invalid 5 typ host", "candidate:1 1 udp 1 0f3a2c10-8d1b.local 5 typ host",
        "candidate:1 1 tcp 1 127.0.0.1 9 typ host tcptype active", "candidate:1 1 tcp 1 127.0.0.1 9 typ host tcpType", "candidate:1 2 udp 1 127.0.0.1 5 typ host",
        "candidate:1 1 udp 1 127.0.0.1 5 typ srflx raddr", "candidate:1 1 udp 1 127.0.0.1 5 typ srflx raddr 1.2.3.4 rport", "candidate:1 1 udp 1 0.0.0.0 5 typ host",
        "candidate:1 1 udp 1 224.0.0.1 5 typ host", new string('x', 100_000),
    ];

    public static TheoryData<string, string?> Descriptions => new()
    {
        { "nothing", null },
        { "empty", "" },
        { "blank", " \r\n" },
        { "prose", "This is no session description." },
        { "binary", "\0\u0001\u0002" },
        { "its first line only", "v=0\r\n" },
        { "another version", "$v=0|v=1" },
        { "no media", "$(?s)m=.*|" },
        { "no sound", "$(?s)m=audio.*?m=video|m=video" },
        { "a port that is too large", "$m=audio 9 |m=audio 99999 " },
        { "a port that is none", "$m=audio 9 |m=audio x " },
        { "a port that is negative", "$m=audio 9 |m=audio -9 " },
        { "half a section", "$m=audio .*\r\n|m=audio 9\r\n" },
        { "plain RTP", "$UDP/TLS/RTP/SAVPF|RTP/AVP" },
        { "a format that is none", "$m=audio 9 UDP/TLS/RTP/SAVPF |m=audio 9 UDP/TLS/RTP/SAVPF x " },
        { "a format that is too large", "$m=audio 9 UDP/TLS/RTP/SAVPF |m=audio 9 UDP/TLS/RTP/SAVPF 99999999999 " },
        { "a codec without a rate", "$a=rtpmap:0 PCMU/8000|a=rtpmap:0 PCMU" },
        { "a codec with a rate that is none", "$a=rtpmap:0 PCMU/8000|a=rtpmap:0 PCMU/x" },
        { "a codec with a rate that is too large", "$a=rtpmap:0 PCMU/8000|a=rtpmap:0 PCMU/99999999999" },
        { "half a codec", "$a=rtpmap:0 PCMU/8000|a=rtpmap:" },
        { "no codec in common", "$PCMU|XXXX;PCMA|YYYY;G722|ZZZZ;G729|WWWW;m=audio 9 UDP/TLS/RTP/SAVPF .*\r\n|m=audio 9 UDP/TLS/RTP/SAVPF 96\r\n" },
        { "an address that is none", "$c=IN IP4 0.0.0.0|c=IN IP4 nowhere" },
        { "no address", "$c=IN IP4 0.0.0.0|c=" },
        { "no ICE user", "$a=ice-ufrag:.*\r\n|" },
        { "no ICE password", "$a=ice-pwd:.*\r\n|" },
        { "a short ICE password", "$a=ice-pwd:.*\r\n|a=ice-pwd:x\r\n" },
        { "no fingerprint", "$a=fingerprint:.*\r\n|" },
        { "half a fingerprint", "$a=fingerprint:.*\r\n|a=fingerprint:sha-256 00:11\r\n" },
        { "a fingerprint of nothing", "$a=fingerprint:.*\r\n|a=fingerprint:\r\n" },
        { "a fingerprint by MD5", "$a=fingerprint:sha-256|a=fingerprint:md5" },
        { "no DTLS role", "$a=setup:.*\r\n|" },
        { "an unknown DTLS role", "$a=setup:.*\r\n|a=setup:x\r\n" },
        { "RTCP on its own port", "$a=rtcp-mux\r\n|" },
        { "an extension without a number", "$a=rtcp-mux\r\n|a=rtcp-mux\r\na=extmap:x urn:y\r\n" },
        { "a source that is none", "$a=ssrc:[0-9]+|a=ssrc:x" },
        { "a line that is none", "$a=rtcp-mux\r\n|a=rtcp-mux\r\n=\r\n" },
    };

    [Theory]
    [MemberData(nameof(Descriptions))]
    public async Task A_bad_offer_is_told_and_a_good_one_is_answered_afterwards(string what, string? bad)
    {
        _ = what;
        Person caller = new(440), callee = new(660);
        await using var talk = await Talk.BeginAsync(caller.Source, callee.Source);
        var offer = await talk.First.Session.CreateOfferAsync();
        await IsBadAsync(() => talk.Second.Session.AnswerOfferAsync(Change(offer, bad)!));
        if (!what.StartsWith("no codec", StringComparison.Ordinal))
            (await talk.Second.Session.AnswerOfferAsync(offer)).Should().Contain("m=audio");
    }

    [Theory]
    [MemberData(nameof(Descriptions))]
    public async Task A_bad_answer_is_told_and_a_good_one_is_taken_afterwards(string what, string? bad)
    {
        Person caller = new(440), callee = new(660);
        await using var talk = await Talk.BeginAsync(caller.Source, callee.Source);
        var answer = await talk.Second.Session.AnswerOfferAsync(await talk.First.Session.CreateOfferAsync());
        await IsBadAsync(() => talk.First.Session.TakeAnswerAsync(Change(answer, bad)!));
        if (what.StartsWith("no codec", StringComparison.Ordinal))
            return;
        await talk.First.Session.TakeAnswerAsync(answer);
        await talk.ReachAsync(MediaConnectionState.Connected);
    }

    [Theory]
    [MemberData(nameof(Candidates))]
    public async Task A_bad_candidate_is_passed_over_before_and_after_the_agreement(string? bad)
    {
        Person caller = new(440), callee = new(660);
        await using var talk = await Talk.BeginAsync(caller.Source, callee.Source);
        IceCandidate[] candidates = [new(bad!, "0", 0), new(bad!), new("candidate:1 1 udp 1 127.0.0.1 5 typ host", "nowhere", -7, "another"), null!];
        await talk.First.Session.AddCandidatesAsync(candidates);
        await talk.Second.Session.AddCandidatesAsync(candidates);
        await talk.AgreeAsync(answer => answer.Replace("m=video", $"a={(bad is { Length: > 0 and < 999 } ? bad : "candidate:x")}\r\nm=video", StringComparison.Ordinal));
        await talk.First.Session.AddCandidatesAsync(candidates);
        await talk.Second.Session.AddCandidatesAsync(candidates);
        await talk.ReachAsync(MediaConnectionState.Connected);
    }

    [Fact]
    public async Task What_comes_out_of_turn_is_told()
    {
        Person caller = new(440), callee = new(660);
        await using var talk = await Talk.BeginAsync(caller.Source, callee.Source);
        var offer = await talk.First.Session.CreateOfferAsync();
        var answer = await talk.Second.Session.AnswerOfferAsync(offer);
        await IsAsync(MediaFailure.BadDescription, () => talk.Second.Session.TakeAnswerAsync(answer));
        await IsAsync(MediaFailure.NotSupported, () => talk.First.Session.CreateOfferAsync());
        await IsAsync(MediaFailure.NotSupported, () => talk.First.Session.CreateOfferAsync(iceRestart: true));
        await IsAsync(MediaFailure.NotSupported, () => talk.First.Session.AnswerOfferAsync(offer));
        await IsAsync(MediaFailure.NotSupported, () => talk.First.Session.RollbackAsync());
        await talk.First.Session.TakeAnswerAsync(answer);
        await IsAsync(MediaFailure.BadDescription, () => talk.First.Session.TakeAnswerAsync(answer));
        await talk.ReachAsync(MediaConnectionState.Connected);
    }

    [Fact]
    public async Task A_server_that_is_none_fails_no_connection()
    {
        Person caller = new(440);
        MediaSessionOptions options = new() { IceServers = [new() { Urls = ["", "nonsense", "turn:", "stun:127.0.0.1:1", "turns:x:y:z"] }] };
        try
        {
            await using var session = await caller.Source.ConnectAsync(options);
            (await session.CreateOfferAsync()).Should().Contain("m=audio");
        }
        catch (MediaException exception)
        {
            exception.Failure.Should().Be(MediaFailure.Other);
        }
    }

    private static Task IsBadAsync(Func<Task> act) => IsAsync(MediaFailure.BadDescription, act);

    private static async Task IsAsync(MediaFailure failure, Func<Task> act)
        => (await act.Should().ThrowAsync<MediaException>()).Which.Failure.Should().Be(failure);

    /// <summary>Replaces in a good description, where it says <c>$what|with;what|with</c>.</summary>
    private static string? Change(string good, string? change)
    {
        if (change is not ['$', ..])
            return change;
        var changed = change[1..].Split(';').Select(one => one.Split('|')).Aggregate(good, (text, one) => Regex.Replace(text, one[0], one[1]));
        changed.Should().NotBe(good);
        return changed;
    }
}
