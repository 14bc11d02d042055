namespace Calls.Signaling;

/// <summary>The values of <c>type</c> on the wire.</summary>
public static class MessageTypes
{
    /// <summary>Client to server: ring the other members of a chat.</summary>
    public const string Initiate = "call:initiate";

    /// <summary>Server to client: an incoming call.</summary>
    public const string Offer = "call:offer";

    /// <summary>Both ways: this device accepts.</summary>
    public const string Answer = "call:answer";

    /// <summary>Both ways: ICE candidates.</summary>
    public const string IceCandidate = "call:ice-candidate";

    /// <summary>Both ways: the call is over.</summary>
    public const string End = "call:end";

    /// <summary>Client to server: the callee does not want, or cannot.</summary>
    public const string Reject = "call:reject";

    /// <summary>Server to client: the call was refused.</summary>
    public const string Rejected = "call:rejected";

    /// <summary>Server to client: the ring time passed.</summary>
    public const string NoAnswer = "call:no-answer";

    /// <summary>Both ways: a device of the callee rings.</summary>
    public const string Ringing = "call:ringing";

    /// <summary>Both ways: an offer or answer inside a running call.</summary>
    public const string Negotiate = "call:negotiate";

    /// <summary>Both ways: what the sender sends now.</summary>
    public const string Media = "call:media";

    /// <summary>Both ways: the caller's number for the verification code.</summary>
    public const string Reveal = "call:reveal";

    /// <summary>Client to server: the last message that I have of each call.</summary>
    public const string Resume = "call:resume";

    /// <summary>Server to client: the first message of every connection.</summary>
    public const string Welcome = "call:welcome";

    /// <summary>Client to server: are you there? (For clients whose transport cannot ask, as a browser's WebSocket.)</summary>
    public const string Ping = "call:ping";

    /// <summary>Server to client: the answer to a ping.</summary>
    public const string Pong = "call:pong";

    /// <summary>Server to client: the last message was refused.</summary>
    public const string Error = "call:error";
}
