using Calls.Blazor.Checks;

namespace Calls.Blazor.Tests.Checks;

public sealed class IceServerCheckTests
{
    private const string Stun = "stun:stun.example.org";
    private const string Turn = "turn:turn.example.org:3479?transport=udp";
    private const string Host = "candidate:1 1 udp 2113937151 192.0.2.1 50000 typ host generation 0";
    private const string Outside = "candidate:2 1 udp 1677729535 198.51.100.7 50000 typ srflx raddr 0.0.0.0 rport 0";
    private const string Relay = "candidate:3 1 udp 33562367 203.0.113.9 49160 typ relay raddr 0.0.0.0 rport 0";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_900_000_000);
    private static readonly IceFinding Over = new(0, "over", 100);

    private static IceFinding Candidate(string line) => new(0, "candidate", 10, line);

    private static IceFinding Error(int code, string text = "") => new(0, "error", 10, text, code);

    private static IceCheckResult Judge(string url, params IceFinding[] found) => Judge(new IceQuestion(url, "anna", "secret"), found);

    private static IceCheckResult Judge(IceQuestion question, params IceFinding[] found)
        => found.Append(Over).Aggregate(new IceServerCheck(question), (check, one) => check.Take(one)).Judge(Now)!;

    [Fact]
    public void Nothing_is_judged_before_it_is_over_and_nothing_is_taken_after()
    {
        var check = new IceServerCheck(new(Turn)).Take(Candidate(Relay));
        check.Judge(Now).Should().BeNull();
        check.Take(Over).Take(new(0, "echo", 1, "3")).Judge(Now)!.Problem.Should().Be(IceCheckProblem.NothingRelayed);
    }

    [Fact]
    public void The_browser_alone_is_good_with_any_address_of_its_own()
    {
        Judge("", Candidate(Host)).Problem.Should().Be(IceCheckProblem.None);
        Judge("").Problem.Should().Be(IceCheckProblem.NoNetwork);
    }

    [Fact]
    public void A_STUN_server_is_good_that_shows_an_address_from_outside_even_if_one_network_did_not_reach_it()
        => Judge(Stun, Candidate(Host), Error(701, "STUN binding request timed out."), Candidate(Outside)).Problem.Should().Be(IceCheckProblem.None);

    [Fact]
    public void A_STUN_server_that_sees_the_machines_own_address_is_good_too()
    {
        Judge(Stun, Candidate(Host)).Problem.Should().Be(IceCheckProblem.None);
        Judge(Stun).Problem.Should().Be(IceCheckProblem.NoNetwork);
    }

    [Fact]
    public void A_STUN_server_that_does_not_answer_is_told()
    {
        Judge(Stun, Candidate(Host), Error(701, "STUN binding request timed out.")).Problem.Should().Be(IceCheckProblem.NoAnswer);
        Judge(Stun, Candidate(Host), Error(701, "STUN host lookup received error.")).Problem.Should().Be(IceCheckProblem.UnknownHost);
    }

    [Fact]
    public void A_TURN_server_is_good_when_a_word_came_back_through_it_and_only_then()
    {
        var good = Judge(Turn, Candidate(Relay), new IceFinding(0, "echo", 20, "3.5"));
        (good.Problem, good.RoundTripTime).Should().Be((IceCheckProblem.None, TimeSpan.FromMilliseconds(3.5)));
        Judge(Turn, Candidate(Relay)).Problem.Should().Be(IceCheckProblem.NothingRelayed);
        Judge(Turn, Candidate(Outside)).Problem.Should().Be(IceCheckProblem.NoAnswer);
        Judge(Turn).Problem.Should().Be(IceCheckProblem.NoAnswer);
    }

    [Theory]
    [InlineData(401, IceCheckProblem.WrongCredentials)]
    [InlineData(403, IceCheckProblem.Forbidden)]
    [InlineData(486, IceCheckProblem.QuotaReached)]
    [InlineData(508, IceCheckProblem.NoCapacity)]
    [InlineData(500, IceCheckProblem.Refused)]
    public void What_the_server_said_is_told_before_what_another_network_did_not_reach(int code, IceCheckProblem problem)
    {
        var result = Judge(Turn, Error(701, "TURN allocate request timed out."), Error(code, "No."));
        (result.Problem, result.Code, result.Reason).Should().Be((problem, code, "No."));
        Judge(Turn, Candidate(Relay), Error(code, "No.")).Problem.Should().Be(problem, "the other end had no relay");
    }

    [Fact]
    public void A_missing_and_an_expired_credential_are_told_from_a_wrong_one()
    {
        Judge(new IceQuestion(Turn), Error(401)).Problem.Should().Be(IceCheckProblem.NoCredentials);
        Judge(new IceQuestion(Turn, "1899999999:anna", "x"), Error(401)).Problem.Should().Be(IceCheckProblem.ExpiredCredentials);
        Judge(new IceQuestion(Turn, "1900000001:anna", "x"), Error(401)).Problem.Should().Be(IceCheckProblem.WrongCredentials);
    }

    [Fact]
    public void An_address_that_the_browser_does_not_take_is_told_in_its_words()
    {
        var result = Judge("turn:", new IceFinding(0, "refused", 0, "Malformed URL."));
        (result.Problem, result.Reason, result.Host).Should().Be((IceCheckProblem.BadUrl, "Malformed URL.", ""));
    }

    [Theory]
    [InlineData("candidate", "a=candidate:1")]
    [InlineData("candidate", null)]
    [InlineData("candidate", "candidate:1 1 udp 1 192.0.2.1 70000 typ host")]
    [InlineData("candidate", "candidate:1 1 udp 1 192.0.2.1 7000 typ other")]
    [InlineData("echo", "soon")]
    [InlineData("song", "la")]
    public void What_makes_no_sense_changes_nothing(string kind, string? text)
    {
        IceServerCheck check = new(new(Turn));
        check.Take(new(0, kind, 1, text)).Should().Be(check);
    }

    [Theory]
    [InlineData(Host, IceCandidateKind.Host, "192.0.2.1:50000")]
    [InlineData(Outside, IceCandidateKind.SeenFromOutside, "198.51.100.7:50000")]
    [InlineData(Relay, IceCandidateKind.Relay, "203.0.113.9:49160")]
    [InlineData("candidate:4 1 tcp 1518280447 2001:db8::1 9 typ host tcptype active", IceCandidateKind.Host, "[2001:db8::1]")]
    [InlineData("candidate:5 1 udp 1 2001:db8::1 5 typ host", IceCandidateKind.Host, "[2001:db8::1]:5")]
    public void Candidates_are_read(string line, IceCandidateKind kind, string endPoint)
    {
        var candidate = new IceServerCheck(new(Turn)).Take(Candidate(line)).Candidates.Should().ContainSingle().Subject;
        (candidate.Kind, candidate.EndPoint, candidate.After).Should().Be((kind, endPoint, TimeSpan.FromMilliseconds(10)));
    }

    [Theory]
    [InlineData("stun:a.example", false, "a.example", 3478, "UDP")]
    [InlineData("stuns:a.example", false, "a.example", 5349, "TLS")]
    [InlineData("turn:a.example?transport=tcp", true, "a.example", 3478, "TCP")]
    [InlineData("turns:a.example:443?transport=tcp", true, "a.example", 443, "TLS")]
    [InlineData("TURN:[2001:db8::1]:5000", true, "2001:db8::1", 5000, "UDP")]
    [InlineData("turn:[2001:db8::1]", true, "2001:db8::1", 3478, "UDP")]
    public void Addresses_are_read(string url, bool isRelay, string host, int port, string transport)
        => IceAddress.Parse(url).Should().Be(new IceAddress(isRelay, host, port, transport));

    [Theory]
    [InlineData("")]
    [InlineData("turn")]
    [InlineData("turn:")]
    [InlineData("http://a.example")]
    [InlineData("turn://a.example")]
    [InlineData("turn:a.example:0")]
    [InlineData("turn:a.example:65536")]
    [InlineData("turn:a.example:")]
    [InlineData("turn:a.example?transport=sctp")]
    [InlineData("turns:a.example?transport=udp")]
    [InlineData("turn:[2001:db8::1")]
    [InlineData("turn:[2001:db8::1]5000")]
    public void What_is_no_address_is_none(string url) => IceAddress.Parse(url).Should().BeNull();

    [Fact]
    public void Every_problem_has_a_sentence_of_its_own_that_says_what_to_do()
    {
        var said = Enum.GetValues<IceCheckProblem>()
            .Select(problem => CallTexts.English.IceCheckMeaning(new() { Url = Turn, Problem = problem, Host = "turn.example.org", Port = 3479, Transport = "UDP", Username = "anna" })).ToList();
        said.Should().OnlyHaveUniqueItems().And.NotContain(one => string.IsNullOrWhiteSpace(one));
    }

    [Theory]
    [InlineData("UDP", "open UDP port 3479")]
    [InlineData("TCP", "open TCP port 3479")]
    [InlineData("TLS", "a certificate for turn.example.org")]
    public void What_to_open_depends_on_the_transport(string transport, string advice)
        => CallTexts.English.IceCheckMeaning(new() { Url = Turn, Problem = IceCheckProblem.NoAnswer, Host = "turn.example.org", Port = 3479, Transport = transport })
            .Should().Contain(advice);
}
