namespace Calls.Blazor;

/// <summary>What keeps an address of a STUN or TURN server from being of use to calls in this browser.</summary>
public enum IceCheckProblem
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The browser takes no such address, or has no WebRTC.</summary>
    BadUrl,

    /// <summary>The browser has no address of its own that calls might use.</summary>
    NoNetwork,

    /// <summary>The server's name has no address.</summary>
    UnknownHost,

    /// <summary>Nothing answered.</summary>
    NoAnswer,

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

    /// <summary>The server refused for another reason.</summary>
    Refused,

    /// <summary>The server gave relays, but nothing came through them.</summary>
    NothingRelayed,
}
