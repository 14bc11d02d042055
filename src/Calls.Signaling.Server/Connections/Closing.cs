namespace Calls.Signaling.Server;

/// <summary>How a connection ends.</summary>
/// <param name="Reason">One of <see cref="ErrorCodes"/> or of <see cref="CloseReasons"/>.</param>
/// <param name="Last">What is said before the goodbye; null: nothing.</param>
/// <param name="SkipsQueue">Whether what waits is thrown away.</param>
internal sealed record Closing(string Reason, ErrorMessage? Last = null, bool SkipsQueue = false);

/// <summary>Why the server closes, where that is no error of the client.</summary>
internal static class CloseReasons
{
    public const string Gone = "";
}
