namespace Calls.Signaling;

/// <summary>The signaling connection is not there, broke, or was refused.</summary>
public class SignalingException : Exception
{
    /// <summary>A failure without words.</summary>
    public SignalingException()
    {
    }

    /// <summary>A failure in one sentence.</summary>
    public SignalingException(string message)
        : base(message)
    {
    }

    /// <summary>A failure in one sentence, and its cause.</summary>
    public SignalingException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The server refused this client: trying again with the same token and device is pointless.</summary>
    public bool IsRefused { get; init; }

    /// <summary>What the server gave as its reason, one of <see cref="ErrorCodes"/>; null where it gave none. <see cref="ErrorCodes.Superseded"/>
    /// tells "calls are open in another tab" from "sign in again".</summary>
    public string? Code { get; init; }
}
