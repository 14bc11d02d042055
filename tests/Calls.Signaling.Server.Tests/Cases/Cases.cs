namespace Calls.Signaling.Server.Tests;

/// <summary>What every case begins with.</summary>
public abstract class Cases
{
    private protected static readonly CallId Id = CallId.Parse("call-1");
    private protected static readonly InitiateMessage Initiate = new() { CallId = Id, Seq = 1, ChatId = "bob", Sdp = "offer", Video = true };
    private protected static readonly AnswerMessage Answer = new() { CallId = Id, Seq = 1, Sdp = "answer" };

    private protected static MediaStateMessage Media(int seq) => new() { CallId = Id, Seq = seq, Muted = true };

    private protected static CandidatesMessage Candidate(int seq, string text) => new() { CallId = Id, Seq = seq, Candidates = [new IceCandidate(text, "0", 0)] };

    /// <summary>Starts a server with a ring time and a resume window in seconds.</summary>
    private protected abstract Task<ICallServer> StartAsync(double ring = 45, double resume = 30);

    private protected static async Task<CallSocket> ConnectAsync(ICallServer server, string user, string device)
    {
        var socket = await server.OpenAsync(user, device);
        await socket.NextAsync<WelcomeMessage>();
        return socket;
    }

    /// <summary>Alice has called Bob, and his device has the offer. The server closes their connections.</summary>
    private protected static async Task<(CallSocket Alice, CallSocket Bob)> RingAsync(ICallServer server)
    {
        var alice = await ConnectAsync(server, "alice", "a1");
        var bob = await ConnectAsync(server, "bob", "b1");
        await alice.SendAsync(Initiate);
        await bob.NextAsync<OfferMessage>();
        return (alice, bob);
    }

    /// <summary>And Bob has answered.</summary>
    private protected static async Task<(CallSocket Alice, CallSocket Bob)> TalkAsync(ICallServer server)
    {
        var (alice, bob) = await RingAsync(server);
        await bob.SendAsync(Answer);
        await alice.NextAsync<AnswerMessage>();
        return (alice, bob);
    }
}
