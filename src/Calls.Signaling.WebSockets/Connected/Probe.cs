namespace Calls.Signaling.WebSockets;

/// <summary>
/// A sign of life for the browser, whose WebSocket can neither send a ping (RFC 6455, section 5.5.2) nor show that one came. The channel sends the text
/// <c>{"type":"call:ping"}</c>, and our server answers <c>{"type":"call:pong"}</c>. A server of protocol version 1 that does not know the type says
/// <c>call:error bad-message</c>, which is as good an answer as any. Either is taken out of the stream here.
/// </summary>
/// <remarks>No message that belongs to a call would do: <c>call:resume</c> with anything but the truth makes the server forget or repeat, and only the core
/// knows the truth. A server that passes over what it does not know answers nothing: so silence counts only once a probe has been answered, and that is
/// remembered for the life of the channel.</remarks>
internal sealed class Probe
{
    private bool _wasAnswered;
    private bool _wasIgnored;
    private volatile bool _isOpen;

    public static ReadOnlyMemory<byte> Question { get; } = "{\"type\":\"call:ping\"}"u8.ToArray();

    /// <summary>The server of this connection answers no probe.</summary>
    public bool IsPointless => _wasIgnored && !_wasAnswered;

    /// <summary>A new connection: nothing is asked yet, and the server may be another.</summary>
    public void Begin() => (_wasIgnored, _isOpen) = (false, false);

    public void Asked() => _isOpen = true;

    /// <summary>Takes the result of a question; says whether the connection may go on.</summary>
    public bool Result(bool answered)
    {
        _wasAnswered |= answered;
        _wasIgnored |= !answered;
        return answered || !_wasAnswered;
    }

    /// <summary>Whether a text is the short answer.</summary>
    public bool IsAnswer(ReadOnlySpan<byte> utf8)
    {
        if (!utf8.SequenceEqual("{\"type\":\"call:pong\"}"u8))
            return false;
        _isOpen = false;
        return true;
    }

    /// <summary>Whether a message is the long answer; it answers one question.</summary>
    public bool IsAnswer(SignalingMessage message)
    {
        if (!_isOpen || message is not ErrorMessage { Code: ErrorCodes.BadMessage, CallId: null })
            return false;
        _isOpen = false;
        return true;
    }
}
