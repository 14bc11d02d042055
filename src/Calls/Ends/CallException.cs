namespace Calls;

/// <summary>A command was taken, but the call ended before its first effect was done.</summary>
public class CallException : Exception
{
    /// <summary>A failure without words.</summary>
    public CallException()
    {
    }

    /// <summary>A failure in one sentence.</summary>
    public CallException(string message)
        : base(message)
    {
    }

    /// <summary>A failure in one sentence, and its cause.</summary>
    public CallException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A command that was overtaken by the end of its call.</summary>
    public CallException(CallEnd end)
        : base($"The call ended: {end?.Reason.ToKey()}.", end?.Error)
        => End = end;

    /// <summary>Why the call ended; null where the command failed without ending it.</summary>
    public CallEnd? End { get; }
}
