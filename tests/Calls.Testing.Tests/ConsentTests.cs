using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Calls.Signaling;

namespace Calls.Testing.Tests;

/// <summary>Whatever a hostile far side and server send, a real manager opens nothing and sends nothing before its user's consent.</summary>
public sealed class ConsentTests
{
    private const string SmuggledCandidate = "candidate:1 1 udp 2130706431 192.0.2.1 9 typ host";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly CallId Id = CallId.Parse("10000000-0000-4000-8000-000000000001");
    private static readonly CallId Other = CallId.Parse("20000000-0000-4000-8000-000000000002");
    private static readonly Party Bob = new("bob", "d1");

    private static readonly Party[] Senders = [Bob, new("bob", "d2"), new("alice", "d2"), new("mallory", "d1")];

    private static readonly CallState[] States = [CallState.Idle, CallState.IncomingRinging, CallState.Ended];

    public static TheoryData<CallState, Party> Everybody
    {
        get
        {
            TheoryData<CallState, Party> everybody = [];
            foreach (var state in States)
            {
                foreach (var sender in Senders)
                    everybody.Add(state, sender);
            }

            return everybody;
        }
    }

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task X1_no_message_of_anybody_opens_a_device_or_sends_a_packet_before_consent(CallState state, Party sender)
    {
        foreach (var message in EveryMessage(sender))
            (await SentInAsync(state, [message])).Should().Be((0, 0, 0, 0), $"{message.GetType().Name} came while {state}");
    }

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task X1_X2_no_flood_of_messages_opens_a_device_or_sends_a_packet_before_consent(CallState state, Party sender)
        => (await SentInAsync(state, [.. EveryMessage(sender), .. EveryMessage(sender).Reverse()])).Should().Be((0, 0, 0, 0));

    [Fact]
    public async Task X5_candidates_smuggled_into_an_offer_and_sent_beside_it_make_no_connection_before_consent()
        => (await SentInAsync(CallState.IncomingRinging,
        [
            new CandidatesMessage { CallId = Id, From = Bob, Candidates = [new(SmuggledCandidate, "0", 0), new("", "0", 0)] },
            Offer(Id, Bob),
            new NegotiateMessage { CallId = Id, From = Bob, Kind = NegotiateKind.Offer, Sdp = Sdp, Round = 1 },
        ])).Should().Be((0, 0, 0, 0));

    [Fact]
    public async Task X5_after_consent_the_devices_open_once_and_only_then_a_connection_is_made()
    {
        await using Stage stage = new(consent: true);
        await stage.SayAsync(Offer(Id, Bob));
        await stage.UntilAsync(CallState.IncomingRinging);
        (stage.Media.SessionsMade, stage.Media.DevicesOpened).Should().Be((0, 0));
        await stage.Manager.AcceptIncomingAsync(video: false).WaitAsync(Patience);
        (stage.Media.SessionsMade, stage.Media.DevicesOpened).Should().Be((1, 1), "the counters of these tests count");
    }

    private static string Sdp => $"v=0\r\ns=offer 7 7 1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=sendrecv\r\na={SmuggledCandidate}\r\na=end-of-candidates\r\n";

    private static string Answer => "v=0\r\ns=answer 7 0 1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n";

    private static OfferMessage Offer(CallId id, Party from) => new() { CallId = id, From = from, ChatId = from.UserId, Video = true, Sdp = Sdp };

    private static IEnumerable<SignalingMessage> EveryMessage(Party from)
    {
        foreach (var id in new[] { Id, Other })
        {
            yield return Offer(id, from);
            yield return new InitiateMessage { CallId = id, From = from, ChatId = "alice", Video = true, Sdp = Sdp };
            yield return new AnswerMessage { CallId = id, From = from, Sdp = Answer };
            yield return new RingingMessage { CallId = id, From = from };
            yield return new CandidatesMessage { CallId = id, From = from, Candidates = [new(SmuggledCandidate, "0", 0)] };
            yield return new MediaStateMessage { CallId = id, From = from, Video = VideoSource.Camera };
            yield return new NegotiateMessage { CallId = id, From = from, Kind = NegotiateKind.Offer, Sdp = Sdp, Round = 1 };
            yield return new NegotiateMessage { CallId = id, From = from, Kind = NegotiateKind.Answer, Sdp = Answer, Round = 1 };
            yield return new ErrorMessage { Code = ErrorCodes.NotAllowed, CallId = id };
            yield return new RejectMessage { CallId = id, From = from };
            yield return new RejectedMessage { CallId = id, From = from };
            yield return new NoAnswerMessage { CallId = id, From = from };
            yield return new EndMessage { CallId = id, From = from, Reason = EndReasons.Hangup };
        }

        yield return new WelcomeMessage { UserId = "alice", DeviceId = "device", Calls = [new(Id, 3)] };
        yield return new ResumeMessage { Calls = [new(Id, 3)] };
    }

    /// <summary>Devices opened, connections made, packets sent, and what of it was without consent.</summary>
    private static async Task<(int Devices, int Sessions, int Packets, int Violations)> SentInAsync(CallState state, SignalingMessage[] messages)
    {
        await using Stage stage = new(consent: false);
        if (state != CallState.Idle)
        {
            await stage.SayAsync(Offer(Id, Bob));
            await stage.UntilAsync(CallState.IncomingRinging);
        }

        if (state == CallState.Ended)
        {
            await stage.SayAsync(new EndMessage { CallId = Id, From = Bob, Reason = EndReasons.Cancelled });
            await stage.UntilAsync(CallState.Ended);
        }

        foreach (var message in messages)
            await stage.SayAsync(message);
        // Messages are taken in order, and so is a command: once it was refused or done, all before it were taken.
        await stage.Manager.EndAsync().WaitAsync(Patience);
        return (stage.Media.DevicesOpened, stage.Media.SessionsMade, stage.Media.PacketsSent, stage.Media.ConsentViolations);
    }

    private sealed class Stage : IAsyncDisposable
    {
        private readonly InMemoryChannel _far;
        private readonly Task _connecting;

        public Stage(bool consent)
        {
            (var near, _far) = InMemorySignaling.Pair("alice", "server");
            Media = new() { HasConsent = () => consent };
            Manager = new CallManager(near, Media);
            _connecting = Task.WhenAll(_far.ConnectAsync(), Manager.ConnectAsync());
        }

        public ScriptedMediaSource Media { get; }

        public CallManager Manager { get; }

        public async Task SayAsync(SignalingMessage message)
        {
            await _connecting.WaitAsync(Patience);
            await _far.SendAsync(message);
        }

        public Task<CallSnapshot> UntilAsync(CallState state) => Manager.Snapshots.FirstAsync(snapshot => snapshot.State == state).ToTask().WaitAsync(Patience);

        public async ValueTask DisposeAsync()
        {
            await Manager.DisposeAsync();
            await _far.DisposeAsync();
        }
    }
}
