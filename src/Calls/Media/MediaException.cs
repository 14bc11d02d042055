namespace Calls.Media;

/// <summary>Why media could not be had.</summary>
public enum MediaFailure
{
    /// <summary>Something else; see the exception's message and cause.</summary>
    Other,

    /// <summary>The user, or his system, refused the permission.</summary>
    PermissionDenied,

    /// <summary>There is no such device.</summary>
    NoDevice,

    /// <summary>The device is there, but another program holds it or it is broken.</summary>
    DeviceInUse,

    /// <summary>The page is not a secure context (neither HTTPS nor localhost), so the browser gives no devices.</summary>
    InsecureOrigin,

    /// <summary>The engine does not do this.</summary>
    NotSupported,

    /// <summary>A description or candidate that the engine does not take.</summary>
    BadDescription,

    /// <summary>The engine itself is gone (a page was closed, a process died).</summary>
    EngineLost,
}

/// <summary>Media could not be had.</summary>
public class MediaException : Exception
{
    /// <summary>A failure without words.</summary>
    public MediaException()
    {
    }

    /// <summary>A failure in one sentence.</summary>
    public MediaException(string message)
        : base(message)
    {
    }

    /// <summary>A failure in one sentence, and its cause.</summary>
    public MediaException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A failure of a kind, in one sentence, and its cause.</summary>
    public MediaException(MediaFailure failure, string message, Exception? innerException = null)
        : base(message, innerException)
        => Failure = failure;

    /// <summary>What kind of failure it is.</summary>
    public MediaFailure Failure { get; }
}
