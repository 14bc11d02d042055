namespace Calls.Signaling.Server;

/// <summary>Something that a call wants done.</summary>
public abstract record RoutedEffect
{
    private RoutedEffect()
    {
    }

    /// <summary>Send a message to a device, if it is connected.</summary>
    /// <param name="To">The device.</param>
    /// <param name="Message">The message, numbered and stamped.</param>
    public sealed record Deliver(DeviceKey To, CallMessage Message) : RoutedEffect;

    /// <summary>Tell a sender with <c>call:error</c> that its message was refused.</summary>
    /// <param name="To">The sender.</param>
    /// <param name="Code">One of <see cref="ErrorCodes"/>.</param>
    /// <param name="Text">A sentence for a developer.</param>
    public sealed record Refuse(DeviceKey To, string Code, string Text) : RoutedEffect;

    /// <summary>Tell the app's push service of a callee who has no device online.</summary>
    /// <param name="Callee">The callee.</param>
    public sealed record Notify(Callee Callee) : RoutedEffect;

    /// <summary>Start a timer, or start it anew.</summary>
    /// <param name="Timer">Which.</param>
    /// <param name="Due">In what time.</param>
    public sealed record SetTimer(CallTimer Timer, TimeSpan Due) : RoutedEffect;

    /// <summary>Stop a timer.</summary>
    /// <param name="Timer">Which.</param>
    public sealed record CancelTimer(CallTimer Timer) : RoutedEffect;

    /// <summary>Throw the call away: nothing is left to do or to remember.</summary>
    public sealed record Forget : RoutedEffect;
}

/// <summary>What a timer of a call is for.</summary>
public enum CallTimerKind
{
    /// <summary>The ring time.</summary>
    Ring,

    /// <summary>How long an essential device may be away.</summary>
    Away,

    /// <summary>How long an ended call is remembered.</summary>
    Forget,
}

/// <summary>A timer of a call.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Device">The device that is away; default for the other kinds.</param>
public readonly record struct CallTimer(CallTimerKind Kind, DeviceKey Device = default);

/// <summary>What came of an input.</summary>
/// <param name="Call">The call from now on.</param>
/// <param name="Effects">What to do, in order.</param>
public readonly record struct RoutedStep(RoutedCall Call, IReadOnlyList<RoutedEffect> Effects);
