using System.Buffers.Binary;
using System.Net;
using Calls.Media.WebRtc.Stun;
using Calls.Media.WebRtc.Turn;

namespace Calls.Media.WebRtc.Tests.Turn;

/// <summary>A TURN server as a function of what it is sent, with a client in front of it and a clock that a test moves.</summary>
internal sealed class ScriptedTurnServer : ITurnClientSink
{
    public const string Realm = "calls.test";
    private readonly byte[] _key;
    private readonly bool _isStream;
    private readonly Queue<byte[]> _answers = new();

    public ScriptedTurnServer(bool isStream = false, string user = "calls", string password = "right", TurnSettings? settings = null)
    {
        _key = StunChecksum.LongTermKey("calls", Realm, "right");
        _isStream = isStream;
        Client = new TurnClient(user, password, isStream, this, settings);
    }

    public TurnClient Client { get; }

    public TimeSpan Now { get; private set; }

    public TransportAddress Relay { get; } = new(IPAddress.Parse("192.0.2.200"), 50000);

    /// <summary>What is signed with another one is stale.</summary>
    public string Nonce { get; set; } = "nonce-1";

    /// <summary>Whether it hears nothing.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Answers an error to requests of a method.</summary>
    public Dictionary<StunMethod, int> Errors { get; } = [];

    public uint Lifetime { get; set; } = 600;

    /// <summary>The methods of the requests that were signed well, in order.</summary>
    public List<StunMethod> Agreed { get; } = [];

    /// <summary>All that came, in order.</summary>
    public List<byte[]> Came { get; } = [];

    public List<TransportAddress> Permissions { get; } = [];

    public Dictionary<ushort, TransportAddress> Channels { get; } = [];

    public int Allocations { get; private set; }

    public TurnFailure? Failure { get; private set; }

    public List<(TransportAddress Peer, TurnFailure? Refusal)> Told { get; } = [];

    public void Start()
    {
        Client.Start(Now);
        Answer();
    }

    /// <summary>Lets time pass, and the client do what is due.</summary>
    public void Pass(TimeSpan time)
    {
        var end = Now + time;
        while (Client.NextTimeout is { } next && next <= end)
        {
            Now = next > Now ? next : Now;
            Client.HandleTimeout(Now);
            Answer();
        }

        Now = end;
    }

    /// <summary>Gives the client what waits for it.</summary>
    public void Answer()
    {
        while (_answers.TryDequeue(out var answer))
            Client.HandleMessage(answer, Now, out _, out _);
    }

    public (TransportAddress From, byte[] Data)? Give(byte[] message)
        => Client.HandleMessage(message, Now, out var from, out var data) ? (from, message[data]) : null;

    public void Transmit(ReadOnlySpan<byte> message)
    {
        Came.Add(message.ToArray());
        if (IsDeaf || !StunMessage.TryParse(message, out var request) || request.Class != StunClass.Request)
            return;
        StunWriter answer = new(new byte[500], StunClass.Success, request.Method, request.Transaction);
        if (!request.IsSigned)
            answer = Error(request, 401, withNonce: true);
        else if (!request.HasIntegrity(_key))
            answer = Error(request, 401, withNonce: true);
        else if (request.Text(StunAttribute.Nonce) != Nonce)
            answer = Error(request, 438, withNonce: true);
        else if (Errors.TryGetValue(request.Method, out var code))
            answer = Error(request, code, withNonce: false);
        else
            Agree(request, ref answer);
        answer.AddFingerprint();
        _answers.Enqueue(answer.Finish().ToArray());
    }

    public void Allocated() => Allocations++;

    public void Failed(TurnFailure failure) => Failure = failure;

    public void Permitted(TransportAddress peer, TurnFailure? refusal) => Told.Add((peer, refusal));

    public byte[] ChannelData(ushort channel, byte[] data)
    {
        var message = new byte[4 + (_isStream ? data.Length + 3 & ~3 : data.Length)];
        BinaryPrimitives.WriteUInt16BigEndian(message, channel);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), (ushort)data.Length);
        data.CopyTo(message, 4);
        return message;
    }

    public static byte[] DataIndication(TransportAddress peer, byte[] data)
    {
        StunWriter writer = new(new byte[2000], StunClass.Indication, StunMethod.Data, TransactionId.Create());
        writer.Add(StunAttribute.XorPeerAddress, peer);
        writer.Add(StunAttribute.Data, data);
        return writer.Finish().ToArray();
    }

    private void Agree(StunMessage request, ref StunWriter answer)
    {
        Agreed.Add(request.Method);
        if (request.Method is StunMethod.Allocate)
        {
            answer.Add(StunAttribute.XorRelayedAddress, Relay);
            answer.Add(StunAttribute.XorMappedAddress, new TransportAddress(IPAddress.Parse("203.0.113.1"), 4000));
        }

        if (request.Method is StunMethod.Allocate or StunMethod.Refresh)
            answer.Add(StunAttribute.Lifetime, request.Number(StunAttribute.Lifetime) ?? Lifetime);
        if (request.Method == StunMethod.CreatePermission)
            Permissions.Add(request.Address(StunAttribute.XorPeerAddress)!.Value.WithPort(0));
        if (request.Method == StunMethod.ChannelBind)
            Channels[(ushort)(request.Number(StunAttribute.ChannelNumber)!.Value >> 16)] = request.Address(StunAttribute.XorPeerAddress)!.Value;
        answer.AddIntegrity(_key);
    }

    private StunWriter Error(StunMessage request, int code, bool withNonce)
    {
        StunWriter answer = new(new byte[500], StunClass.Error, request.Method, request.Transaction);
        answer.AddError(code, "No");
        if (withNonce)
        {
            answer.Add(StunAttribute.Realm, Realm);
            answer.Add(StunAttribute.Nonce, Nonce);
        }
        else
        {
            answer.AddIntegrity(_key);
        }

        return answer;
    }
}
