using System.Reflection;
using System.Text.Json.Serialization;

namespace Calls.Signaling.WebSockets.Tests;

public sealed class MessageTests
{
    private static readonly Party Bob = new("bob", "d2", "Bob");

    private static readonly SignalingMessage[] One =
    [
        new InitiateMessage { CallId = Rig.Call, Seq = 1, ChatId = "bob", Video = true, Sdp = "v=0\r\n" },
        new OfferMessage { CallId = Rig.Call, Seq = 1, From = Bob, ChatId = "bob", Video = true, Sdp = "v=0\r\n", AgeMs = 5, RingTimeoutMs = 45_000 },
        new AnswerMessage { CallId = Rig.Call, Seq = 2, From = Bob, Sdp = "v=0\r\n" },
        new CandidatesMessage { CallId = Rig.Call, Seq = 3, Candidates = [new("candidate:1 1 udp 1 192.0.2.1 9 typ host", "0", 0, "ab"), new("")] },
        new EndMessage { CallId = Rig.Call, Seq = 4, Reason = EndReasons.Cancelled },
        new RejectMessage { CallId = Rig.Call, Seq = 5, Reason = RejectReasons.Busy },
        new RejectedMessage { CallId = Rig.Call, Seq = 6, From = Bob, Reason = RejectReasons.Unavailable },
        new NoAnswerMessage { CallId = Rig.Call, Seq = 7 },
        new RingingMessage { CallId = Rig.Call, Seq = 8, From = Bob },
        new NegotiateMessage { CallId = Rig.Call, Seq = 9, Sdp = "v=0\r\n", Kind = NegotiateKind.Answer, Round = 3 },
        new MediaStateMessage { CallId = Rig.Call, Seq = 10, Muted = true, Video = VideoSource.Screen, Hold = true },
        new RevealMessage { CallId = Rig.Call, Seq = 11, Nonce = "n" },
        new ResumeMessage { Calls = [new(Rig.Call, 7)] },
        new WelcomeMessage
        {
            UserId = "alice", DeviceId = "d1", RingTimeout = 45, Calls = [new(Rig.Call, 7)],
            IceServers = [new() { Urls = ["turn:127.0.0.1"], Username = "u", Credential = "c" }],
        },
        new ErrorMessage { Code = ErrorCodes.RateLimited, Message = "Slow down.", CallId = Rig.Call },
    ];

    public static TheoryData<string> Types => new(One.Select(message => message.GetType().Name));

    [Fact]
    public void Every_message_of_the_protocol_is_tried()
        => typeof(SignalingMessage).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(type => type.DerivedType)
            .Should().BeEquivalentTo(
                One.Select(message => message.GetType()).Concat([typeof(PingMessage), typeof(PongMessage)]),
                "the channel keeps its own sign of life to itself");

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_message_goes_to_the_server_and_back_unchanged(string type)
    {
        var message = One.Single(message => message.GetType().Name == type);
        await using var server = await ScriptedServer.StartedAsync();
        await using var rig = new Rig(server.Url);
        var peer = await rig.ConnectedAsync(server);

        await rig.Channel.SendAsync(message);
        var text = await peer.ReceiveTextAsync();
        await peer.SendAsync(text!);

        (await rig.Messages.NextAsync()).Should().BeEquivalentTo(message, options => options.RespectingRuntimeTypes());
    }
}
