using CsCheck;

namespace Calls.Protocol.Tests.Properties;

/// <summary>Every message that our own code could write.</summary>
internal static class Messages
{
    private const string NameCharacters = "ABCXYZabcxyz0189_-";

    private static readonly Gen<string> Name = Gen.Char[NameCharacters].Array[1, CallId.MaxLength].Select(characters => new string(characters));

    /// <summary>Text of every script, of control characters and of pairs of surrogates, which is what JSON has to escape.</summary>
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String["abc \r\n\t\0\"\\/<>&'\u2028\u0085äж語"],
        Gen.Int[0, 0x10FFFF].Where(rune => rune is < 0xD800 or > 0xDFFF).Array[0, 20].Select(runes => string.Concat(runes.Select(char.ConvertFromUtf32))));

    private static readonly Gen<CallId> Id = Name.Select(CallId.Parse);

    private static readonly Gen<Party> Party = Gen.Select(Text, Text, OrNull(Text), (user, device, name) => new Party(user, device, name));

    private static readonly Gen<IceCandidate> Candidate = Gen.Select(Text, OrNull(Text), Gen.Int[0, int.MaxValue].Nullable(), OrNull(Text),
        (candidate, mid, index, fragment) => new IceCandidate(candidate, mid, index, fragment));

    private static readonly Gen<IceServer> Server = Gen.Select(Text.Array[0, 3], OrNull(Text), OrNull(Text),
        (urls, user, credential) => new IceServer { Urls = urls, Username = user, Credential = credential });

    private static readonly Gen<CallProgress[]> Progress = Gen.Select(Id, Gen.Int[0, int.MaxValue], (id, received) => new CallProgress(id, received)).Array[0, 4];

    private static readonly Gen<long> Milliseconds = Gen.Long[0, long.MaxValue];

    private static readonly Gen<(CallId Id, int? Seq, Party? From)> Envelope = Gen.Select(Id, Gen.Int[1, int.MaxValue].Nullable(), OrNull(Party));

    public static IReadOnlyList<Gen<SignalingMessage>> Kinds { get; } =
    [
        InCall(Gen.Select(Text, Gen.Bool, Text, OrNull(Text), (chat, video, sdp, commitment)
            => new InitiateMessage { ChatId = chat, Video = video, Sdp = sdp, Commitment = commitment })),
        InCall(Gen.Select(Text, Gen.Bool, Text, Milliseconds, Milliseconds, OrNull(Text), (chat, video, sdp, age, ring, commitment)
            => new OfferMessage { ChatId = chat, Video = video, Sdp = sdp, AgeMs = age, RingTimeoutMs = ring, Commitment = commitment })),
        InCall(Gen.Select(Text, OrNull(Text), (sdp, nonce) => new AnswerMessage { Sdp = sdp, Nonce = nonce })),
        InCall(Candidate.Array[0, 5].Select(candidates => new CandidatesMessage { Candidates = candidates })),
        InCall(OrNull(Text).Select(reason => new EndMessage { Reason = reason })),
        InCall(OrNull(Text).Select(reason => new RejectMessage { Reason = reason })),
        InCall(OrNull(Text).Select(reason => new RejectedMessage { Reason = reason })),
        InCall(Gen.Const(() => new NoAnswerMessage())),
        InCall(Gen.Const(() => new RingingMessage())),
        InCall(Gen.Select(Text, Gen.Enum<NegotiateKind>(), Gen.Int[0, int.MaxValue], Gen.Bool, (sdp, kind, round, isNew)
            => new NegotiateMessage { Sdp = sdp, Kind = kind, Round = round, NewSession = isNew })),
        InCall(Gen.Select(Gen.Bool, Gen.Enum<VideoSource>(), Gen.Bool, (muted, video, hold)
            => new MediaStateMessage { Muted = muted, Video = video, Hold = hold })),
        InCall(Text.Select(nonce => new RevealMessage { Nonce = nonce })),
        Progress.Select(calls => (SignalingMessage)new ResumeMessage { Calls = calls }),
        Gen.Select(Text, Text, Gen.Int[1, 9], Server.Array[0, 3], Gen.Double[0, 1e6], Progress, (user, device, protocol, servers, ring, calls)
            => (SignalingMessage)new WelcomeMessage
            {
                UserId = user, DeviceId = device, Protocol = protocol, IceServers = servers, RingTimeout = ring, Calls = calls,
            }),
        Gen.Const<SignalingMessage>(new PingMessage()),
        Gen.Const<SignalingMessage>(new PongMessage()),
        Gen.Select(Text, OrNull(Text), Id.Nullable(), (code, message, id)
            => (SignalingMessage)new ErrorMessage { Code = code, Message = message, CallId = id }),
    ];

    public static Gen<SignalingMessage> Any { get; } = Gen.OneOf([.. Kinds]);

    private static Gen<SignalingMessage> InCall<T>(Gen<T> message)
        where T : CallMessage
        => Gen.Select(message, Envelope, (inner, envelope)
            => (SignalingMessage)(inner with { CallId = envelope.Id, Seq = envelope.Seq, From = envelope.From }));

    private static Gen<T?> OrNull<T>(Gen<T> gen)
        where T : class
        => Gen.Frequency((1, Gen.Const((T?)null)), (3, gen.Select(value => (T?)value)));
}
