namespace Calls.Signaling.Server;

/// <summary>Something that happens to a call.</summary>
/// <param name="At">When: the time since an origin of the host's choice, the same for the whole call, never running backwards.</param>
public abstract record RoutedInput(TimeSpan At)
{
    /// <summary>A device sent a message of this call.</summary>
    /// <param name="At">When.</param>
    /// <param name="Sender">The authenticated sender.</param>
    /// <param name="Message">The message as it came; its <c>from</c> is thrown away.</param>
    public sealed record Received(TimeSpan At, Party Sender, CallMessage Message) : RoutedInput(At);

    /// <summary>A message was refused before it got here (too fast): it counts as received, or all that follow it would be taken for a gap.</summary>
    /// <param name="At">When.</param>
    /// <param name="Sender">The authenticated sender.</param>
    /// <param name="Seq">The number of the refused message.</param>
    public sealed record Discarded(TimeSpan At, DeviceKey Sender, int Seq) : RoutedInput(At);

    /// <summary>A device asks for what it missed.</summary>
    /// <param name="At">When.</param>
    /// <param name="Device">The device.</param>
    /// <param name="LastSeq">The last <c>seq</c> that it has of this call; 0 for none; null if it does not name the call: a party that does not know
    /// its own call was started anew, and the call ends.</param>
    public sealed record Resumed(TimeSpan At, DeviceKey Device, int? LastSeq) : RoutedInput(At);

    /// <summary>
    /// A device of the caller or of a callee has a connection. May be said again. When a new connection takes the place of an older one, say
    /// <see cref="Disconnected"/> first: what was on its way on the older one may be lost.
    /// </summary>
    /// <param name="At">When.</param>
    /// <param name="Party">The device.</param>
    public sealed record Connected(TimeSpan At, Party Party) : RoutedInput(At);

    /// <summary>A device has no connection any more. May be said again.</summary>
    /// <param name="At">When.</param>
    /// <param name="Device">The device.</param>
    public sealed record Disconnected(TimeSpan At, DeviceKey Device) : RoutedInput(At);

    /// <summary>A timer that was set, and not cancelled since, ran out.</summary>
    /// <param name="At">When.</param>
    /// <param name="Timer">Which.</param>
    public sealed record TimerFired(TimeSpan At, CallTimer Timer) : RoutedInput(At);
}
