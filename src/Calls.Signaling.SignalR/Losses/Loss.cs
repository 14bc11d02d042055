using System.Net;

namespace Calls.Signaling.SignalR;

/// <summary>
/// Why there is no connection, and what follows: a loss that <see cref="SignalingException.IsRefused"/> is final, every other one passes. No sentence here
/// holds an address or a token.
/// </summary>
internal static class Loss
{
    /// <summary>The connection could not be made.</summary>
    public static SignalingException OfStart(Exception cause) => cause switch
    {
        SignalingException known => known,
        HttpRequestException { StatusCode: { } status } => OfStatus((int)status, cause),
        _ => new("The server could not be reached.", cause),
    };

    /// <summary>The server answered a status other than 200, to the request or to <c>Join</c>.</summary>
    public static SignalingException OfStatus(int status, Exception? cause = null)
        => status is (int)HttpStatusCode.Unauthorized or (int)HttpStatusCode.Forbidden
            ? new($"The server refused this client ({status}).", cause) { IsRefused = true }
            : new($"The server did not take the connection ({status}).", cause);

    /// <summary>The host's token provider threw; it may say itself that there will be no token.</summary>
    public static SignalingException OfToken(Exception cause)
        => new("There was no access token.", cause) { IsRefused = cause is SignalingException { IsRefused: true } };

    public static SignalingException OfTooLarge(int limit) => new($"The server sent a message of more than {limit} bytes.");

    public static SignalingException OfSend(Exception cause) => new("The connection broke while the message was sent.", cause);

    /// <summary>Null where the server closed without an error.</summary>
    public static SignalingException OfClose(Exception? cause)
        => cause is null ? new("The server closed the connection.") : new("The connection broke.", cause);

    /// <summary>What the server said last before it closed, or, on a connection of the app, before calls left it.</summary>
    public static SignalingException? OfError(ErrorMessage error) => error.Code switch
    {
        // Whoever reconnects now takes the calls away from where the device connected again, which would do the same.
        ErrorCodes.Superseded => new("This device connected again elsewhere.") { IsRefused = true, Code = ErrorCodes.Superseded },
        ErrorCodes.SlowReader or ErrorCodes.TooLarge or ErrorCodes.AuthenticationExpired or ErrorCodes.Unavailable or ErrorCodes.ServerStopping
            => new($"The server closed the connection ({error.Code}).") { Code = error.Code },
        _ => null,
    };
}
