namespace Calls.Media.WebRtc;

/// <summary>What keeps a STUN or TURN server from doing what calls need of it.</summary>
public enum IceServerProblem
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>What was configured is no STUN or TURN address (RFC 7064, RFC 7065), or one that this engine does not speak.</summary>
    BadUrl,

    /// <summary>The name has no address.</summary>
    UnknownHost,

    /// <summary>Nothing answered.</summary>
    NoAnswer,

    /// <summary>There is no connection over TCP or TLS.</summary>
    NoConnection,

    /// <summary>The server wants a user and a password, and none was given.</summary>
    NoCredentials,

    /// <summary>The server does not know the user, or not with this password.</summary>
    WrongCredentials,

    /// <summary>The user name says that the credential was good until a time that is over (the TURN REST API).</summary>
    ExpiredCredentials,

    /// <summary>The server lets this user have no relay.</summary>
    Forbidden,

    /// <summary>The user has as many relays as he may.</summary>
    QuotaReached,

    /// <summary>The server has no free relay ports.</summary>
    NoCapacity,

    /// <summary>The server wants another one to be asked.</summary>
    Redirected,

    /// <summary>The server refused for another reason.</summary>
    Refused,

    /// <summary>The server gives relays, but does not send from them to where its own relays are.</summary>
    PeerRefused,

    /// <summary>The server gives relays, but no byte came through.</summary>
    NothingRelayed,

    /// <summary>Relays work, but on a port that is not in the expected range: a firewall may close it one day.</summary>
    UnexpectedPort,
}
