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

    /// <summary>The server refused this client: trying again with the same token is pointless.</summary>
    public bool IsRefused { get; init; }
}
