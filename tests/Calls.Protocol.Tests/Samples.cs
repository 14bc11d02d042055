namespace Calls.Protocol.Tests;

/// <summary>One message of every type with every field set, and the text that it is on the wire, written by hand from the protocol.</summary>
internal static class Samples
{
    private const string Id = "\"callId\":\"0f8fad5b-d9cb-469f-a165-70867728950e\"";
    private const string From = "\"from\":{\"userId\":\"bob\",\"deviceId\":\"phone_1\",\"displayName\":\"Bob\"}";
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static readonly CallId Call = CallId.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");
    private static readonly Party Bob = new("bob", "phone_1", "Bob");

    public static IReadOnlyList<Sample> All { get; } =
    [
        new(new InitiateMessage { CallId = Call, Seq = 1, From = Bob, ChatId = "family", Video = true, Sdp = "v=0\r\n", TraceParent = Trace, Commitment = "c" },
            $$"""{"type":"call:initiate",{{Id}},"seq":1,{{From}},"chatId":"family","video":true,"sdp":"v=0\r\n","traceparent":"{{Trace}}","commitment":"c"}"""),
        new(new OfferMessage
            {
                CallId = Call, Seq = 1, From = Bob, ChatId = "bob", Video = true, Sdp = "v=0\r\n", AgeMs = 1500, RingTimeoutMs = 45000, TraceParent = Trace,
                Commitment = "c",
            },
            $$"""
            {"type":"call:offer",{{Id}},"seq":1,{{From}},"chatId":"bob","video":true,"sdp":"v=0\r\n","ageMs":1500,"ringTimeoutMs":45000,
             "traceparent":"{{Trace}}","commitment":"c"}
            """),
        new(new AnswerMessage { CallId = Call, Seq = 2, From = Bob, Sdp = "v=0\r\n", Nonce = "n" },
            $$"""{"type":"call:answer",{{Id}},"seq":2,{{From}},"sdp":"v=0\r\n","nonce":"n"}"""),
        new(new CandidatesMessage { CallId = Call, Seq = 3, From = Bob, Candidates = [new("candidate:1", "0", 0, "Yx"), new("")] },
            $$"""
            {"type":"call:ice-candidate",{{Id}},"seq":3,{{From}},
             "candidates":[{"candidate":"candidate:1","sdpMid":"0","sdpMLineIndex":0,"usernameFragment":"Yx"},{"candidate":""}]}
            """),
        new(new EndMessage { CallId = Call, Seq = 4, From = Bob, Reason = EndReasons.Hangup },
            $$"""{"type":"call:end",{{Id}},"seq":4,{{From}},"reason":"hangup"}"""),
        new(new RejectMessage { CallId = Call, Seq = 5, From = Bob, Reason = RejectReasons.Declined },
            $$"""{"type":"call:reject",{{Id}},"seq":5,{{From}},"reason":"declined"}"""),
        new(new RejectedMessage { CallId = Call, Seq = 6, From = Bob, Reason = RejectReasons.Unavailable },
            $$"""{"type":"call:rejected",{{Id}},"seq":6,{{From}},"reason":"unavailable"}"""),
        new(new NoAnswerMessage { CallId = Call, Seq = 7, From = Bob }, $$"""{"type":"call:no-answer",{{Id}},"seq":7,{{From}}}"""),
        new(new RingingMessage { CallId = Call, Seq = 8, From = Bob }, $$"""{"type":"call:ringing",{{Id}},"seq":8,{{From}}}"""),
        new(new NegotiateMessage { CallId = Call, Seq = 9, From = Bob, Sdp = "v=0\r\n", Kind = NegotiateKind.Offer, Round = 3, NewSession = true },
            $$"""{"type":"call:negotiate",{{Id}},"seq":9,{{From}},"sdp":"v=0\r\n","kind":"offer","round":3,"newSession":true}"""),
        new(new MediaStateMessage { CallId = Call, Seq = 10, From = Bob, Muted = true, Video = VideoSource.Camera, Hold = true },
            $$"""{"type":"call:media",{{Id}},"seq":10,{{From}},"muted":true,"video":"camera","hold":true}"""),
        new(new RevealMessage { CallId = Call, Seq = 11, From = Bob, Nonce = "n" }, $$"""{"type":"call:reveal",{{Id}},"seq":11,{{From}},"nonce":"n"}"""),
        new(new ResumeMessage { Calls = [new(Call, 9)] }, $$"""{"type":"call:resume","calls":[{{{Id}},"received":9}]}"""),
        new(new WelcomeMessage
            {
                UserId = "alice", DeviceId = "tab-1", Protocol = 1, RingTimeout = 45.5, ExpiresIn = 3600, Calls = [new(Call, 9)],
                IceServers = [new() { Urls = ["turn:turn.example.com:3478"], Username = "1700000000:alice", Credential = "c" }],
            },
            $$"""
            {"type":"call:welcome","userId":"alice","deviceId":"tab-1","protocol":1,
             "iceServers":[{"urls":["turn:turn.example.com:3478"],"username":"1700000000:alice","credential":"c"}],
             "ringTimeout":45.5,"expiresIn":3600,"calls":[{{{Id}},"received":9}]}
            """),
        new(new PingMessage(), """{"type":"call:ping"}"""),
        new(new PongMessage(), """{"type":"call:pong"}"""),
        new(new ErrorMessage { Code = ErrorCodes.NotAllowed, Message = "Not yours.", CallId = Call },
            $$"""{"type":"call:error","code":"not-allowed","message":"Not yours.",{{Id}}}"""),
    ];

    /// <summary>The samples as they stand on the wire.</summary>
    public static string[] Wires { get; } = [.. All.Select(sample => sample.Wire)];

    /// <summary>The values of <c>type</c>, as they stand on the wire.</summary>
    public static string[] Names { get; } = [.. Wires.Select(wire => wire.Split('"')[3])];

    public static TheoryData<string> Types => new(All.Select(sample => sample.Message.GetType().Name));

    public static Sample Of(string type) => All.Single(sample => sample.Message.GetType().Name == type);
}

internal sealed record Sample(SignalingMessage Message, string Wire);
