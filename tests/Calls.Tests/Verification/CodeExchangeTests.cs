using Calls.Signaling;
using Calls.Verification;

namespace Calls.Tests.Verification;

public class CodeExchangeTests
{
    private static readonly CallId Id = CallId.Parse("call-1");

    [Fact]
    public void Both_sides_come_to_the_same_code()
    {
        Sides sides = new();
        sides.Run();
        sides.Caller.Code.Should().NotBeNull().And.Be(sides.Callee.Code);
        sides.Caller.Code!.Emoji.Should().HaveCount(4);
        sides.Caller.Code.Digits.Should().MatchRegex("^[0-9]{4} [0-9]{4}$");
    }

    [Fact]
    public void The_callers_number_is_not_shown_before_the_callee_has_shown_his()
    {
        Sides sides = new();
        var initiate = (InitiateMessage)sides.Caller.Sending(Sides.Initiate());
        initiate.Commitment.Should().HaveLength(43).And.NotBe(Sides.Text(1));
        sides.Caller.Received(new RingingMessage { CallId = Id }).Should().BeNull();
        sides.Caller.Received(Sides.Answer()).Should().BeNull("a callee that takes no part is told nothing");
        sides.Caller.Received(Sides.Answer() with { Nonce = Sides.Text(9) })!.Nonce.Should().Be(Sides.Text(1));
        sides.Caller.Received(Sides.Answer() with { Nonce = Sides.Text(8) }).Should().BeNull("and only once");
    }

    [Fact]
    public void Whoever_swaps_a_fingerprint_makes_the_codes_differ()
    {
        foreach (var (offer, answer) in new[] { ("AA:01", "MM:02"), ("MM:01", "BB:02"), ("MM:01", "MM:02") })
        {
            Sides sides = new();
            sides.Run(offer: _ => Sides.Initiate(offer), answer: _ => Sides.Answer(answer));
            sides.Caller.Code.Should().NotBeNull();
            sides.Callee.Code.Should().NotBeNull().And.NotBe(sides.Caller.Code);
        }
    }

    [Fact]
    public void A_caller_that_shows_another_number_than_it_was_bound_to_has_no_code()
    {
        Sides sides = new();
        sides.Run(reveal: reveal => reveal with { Nonce = Sides.Text(7) });
        sides.Callee.Code.Should().BeNull();
        sides.Callee.Received(new RevealMessage { CallId = Id, Nonce = Sides.Text(1) });
        sides.Callee.Code.Should().BeNull("there is no second try");
    }

    [Fact]
    public void A_commitment_that_comes_after_the_callees_number_does_not_count()
    {
        Sides sides = new();
        sides.Run(reveals: false);
        sides.Callee.Received(new OfferMessage { CallId = Id, Sdp = Sides.Sdp("MM:01"), Commitment = Sides.Text(5) });
        sides.Callee.Received(new RevealMessage { CallId = Id, Nonce = Sides.Text(1) });
        sides.Callee.Code.Should().Be(sides.Caller.Code);
    }

    [Fact]
    public void With_another_certificate_the_code_is_gone_and_with_the_same_it_stays()
    {
        Sides sides = new();
        sides.Run();
        sides.Caller.Received(Negotiate("BB:02"));
        sides.Callee.Sending(Negotiate("BB:02"));
        sides.Caller.Code.Should().NotBeNull().And.Be(sides.Callee.Code);

        sides.Callee.Sending(Negotiate("CC:03"));
        sides.Callee.Code.Should().BeNull();
        sides.Caller.Received(Negotiate("CC:03"));
        sides.Caller.Code.Should().BeNull();
        sides.Caller.Received(Negotiate("BB:02"));
        sides.Caller.Code.Should().BeNull();

        static NegotiateMessage Negotiate(string print) => new() { CallId = Id, Kind = NegotiateKind.Offer, Sdp = Sides.Sdp(print) };
    }

    [Fact]
    public void Without_a_fingerprint_there_is_nothing_to_compare()
    {
        Sides sides = new();
        sides.Caller.Sending(Sides.Initiate() with { Sdp = "v=0" }).Should().BeEquivalentTo(new { Commitment = (string?)null });
        Sides other = new();
        other.Run(answer: answer => answer with { Sdp = "v=0" });
        other.Caller.Code.Should().BeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    public void What_is_no_number_is_taken_for_none(string text)
    {
        Sides sides = new();
        sides.Callee.Received(new OfferMessage { CallId = Id, Sdp = Sides.Sdp("AA:01"), Commitment = text });
        sides.Callee.Sending(Sides.Answer()).Should().BeEquivalentTo(new { Nonce = (string?)null });
        sides.Caller.Sending(Sides.Initiate());
        sides.Caller.Received(Sides.Answer() with { Nonce = text }).Should().BeNull();
    }

    [Fact]
    public void Ten_thousand_calls_hardly_share_a_code_and_use_every_picture()
    {
        HashSet<string> codes = [], pictures = [];
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++)
        {
            VerificationCode code = new((ulong)random.NextInt64());
            codes.Add(code.ToString());
            pictures.UnionWith(code.Emoji.Select(emoji => emoji.Name));
        }

        codes.Should().HaveCount(10_000);
        pictures.Should().HaveCount(64);
    }

    [Fact]
    public void The_code_of_given_numbers_and_fingerprints_is_fixed()
    {
        Sides sides = new();
        sides.Run();
        sides.Caller.Code!.ToString().Should().Be("🐢🍦🦋🦋 8032 2417");
    }

    [Fact]
    public void Calls_that_only_knock_take_no_memory_without_bound()
    {
        CodeExchanges exchanges = new();
        for (var i = 0; i < 1000; i++)
            exchanges.Received(new OfferMessage { CallId = CallId.New(), Sdp = Sides.Sdp("AA:01"), Commitment = Sides.Text(1) });
        exchanges.Count.Should().BeLessThanOrEqualTo(8);
    }

    private sealed class Sides
    {
        public CodeExchange Caller { get; } = new(() => Bytes(1));

        public CodeExchange Callee { get; } = new(() => Bytes(2));

        public static string Text(byte number) => System.Buffers.Text.Base64Url.EncodeToString(Bytes(number));

        public static string Sdp(string print) => $"v=0\r\na=fingerprint:sha-256 {print}\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=fingerprint:SHA-256 {print}\r\n";

        public static InitiateMessage Initiate(string print = "AA:01") => new() { CallId = Id, ChatId = "bob", Sdp = Sdp(print) };

        public static AnswerMessage Answer(string print = "BB:02") => new() { CallId = Id, Sdp = Sdp(print) };

        /// <summary>A whole exchange; what is between the sides may change what each is given.</summary>
        public void Run(
            Func<InitiateMessage, InitiateMessage>? offer = null,
            Func<AnswerMessage, AnswerMessage>? answer = null,
            Func<RevealMessage, RevealMessage>? reveal = null,
            bool reveals = true)
        {
            var sent = (InitiateMessage)Caller.Sending(Initiate());
            var given = offer?.Invoke(sent) ?? sent;
            Callee.Received(new OfferMessage { CallId = Id, ChatId = "alice", Sdp = given.Sdp, Commitment = sent.Commitment });
            var answered = (AnswerMessage)Callee.Sending(Answer());
            var shown = Caller.Received((answer?.Invoke(answered) ?? answered) with { Nonce = answered.Nonce })!;
            if (reveals)
                Callee.Received(reveal?.Invoke(shown) ?? shown);
        }

        private static byte[] Bytes(byte number)
        {
            var bytes = new byte[32];
            Array.Fill(bytes, number);
            return bytes;
        }
    }
}
