namespace Calls.Media.WebRtc.Turn;

/// <summary>Carries messages to a TURN server. Thread-safe.</summary>
internal interface ITurnLink : IDisposable
{
    /// <summary>Sends a message; what cannot be sent is lost.</summary>
    void Send(ReadOnlySpan<byte> message);
}

/// <summary>Takes a message of a server. The bytes may be changed in place, and are valid until the method returns.</summary>
internal delegate void TurnMessageArrived(Span<byte> message);
