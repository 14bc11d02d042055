using System.Net;
using System.Net.WebSockets;

namespace Calls.Signaling.WebSockets;

/// <summary>
/// Why there is no connection, and what follows: a loss that <see cref="SignalingException.IsRefused"/> is final, every other one passes. No sentence here
/// holds an address or a token.
/// </summary>
internal static class Loss
{
    /// <summary>The handshake failed. In a browser the status is hidden from us (0), so that a refusal looks like any failure there.</summary>
    public static SignalingException OfHandshake(HttpStatusCode status, Exception cause) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
            new($"The server refused this client ({(int)status}).", cause) { IsRefused = true },
        0 or HttpStatusCode.SwitchingProtocols => new("The server could not be reached.", cause),
        _ => new($"The server did not take the connection ({(int)status}).", cause),
    };

    /// <summary>The host's token provider threw; it may say itself that there will be no token.</summary>
    public static SignalingException OfToken(Exception cause)
        => new("There was no access token.", cause) { IsRefused = cause is SignalingException { IsRefused: true } };

    public static SignalingException OfNoWelcome(TimeSpan limit) => new($"The server said nothing within {limit.TotalSeconds} s.");

    public static SignalingException OfSilence() => new("The connection gave no sign of life.");

    public static SignalingException OfTooLarge(int limit) => new($"The server sent a message of more than {limit} bytes.");

    public static SignalingException OfBreak(Exception cause) => new("The connection broke.", cause);

    /// <summary>The same device connected again, as in another tab: whoever reconnects now takes the calls away from there, which would do the same.</summary>
    public static SignalingException OfSuperseded()
        => new("This device connected again elsewhere.") { IsRefused = true, Code = ErrorCodes.Superseded };

    /// <summary>The server closed. Every close but one passes: whether a client is refused is said by the next handshake, with a fresh token.</summary>
    public static SignalingException OfClose(WebSocketCloseStatus? status, string? reason) => reason == ErrorCodes.Superseded
        ? OfSuperseded()
        : new(status is null ? "The server closed the connection." : $"The server closed the connection ({(int)status}).");
}
