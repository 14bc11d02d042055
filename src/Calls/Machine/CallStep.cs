namespace Calls.Machine;

/// <summary>What one input did: the new state and what is to be done; or that it was ignored, or refused.</summary>
internal readonly struct CallStep
{
    private readonly CallEffect _only; // A step of one effect, as a candidate's is, needs no array.
    private readonly CallEffect[]? _many;

    private CallStep(MachineState state, StepKind kind, CallEffect only = default, CallEffect[]? many = null, CallRefusal? refusal = null)
    {
        State = state;
        Kind = kind;
        Refusal = refusal;
        EffectCount = many?.Length ?? (only.Kind == CallEffectKind.None ? 0 : 1);
        _only = only;
        _many = many;
    }

    public MachineState State { get; }

    public StepKind Kind { get; }

    /// <summary>Why a local command was refused.</summary>
    public CallRefusal? Refusal { get; }

    public int EffectCount { get; }

    public CallEffect this[int index] => _many is null ? _only : _many[index];

    public static CallStep To(MachineState state) => new(state, StepKind.Transition);

    public static CallStep To(MachineState state, CallEffect effect) => new(state, StepKind.Transition, effect);

    /// <summary>A transition to <paramref name="state"/>, which may be the same; every <see cref="CallEffect.None"/> is left out.</summary>
    public static CallStep To(MachineState state, params ReadOnlySpan<CallEffect> effects)
    {
        var (count, last) = (0, CallEffect.None);
        foreach (ref readonly var effect in effects)
        {
            if (effect.Kind != CallEffectKind.None)
                (count, last) = (count + 1, effect);
        }

        if (count < 2)
            return new(state, StepKind.Transition, last);
        var (all, at) = (new CallEffect[count], 0);
        foreach (ref readonly var effect in effects)
        {
            if (effect.Kind != CallEffectKind.None)
                all[at++] = effect;
        }

        return new(state, StepKind.Transition, many: all);
    }

    public static CallStep Ignored(MachineState state) => new(state, StepKind.Ignored);

    public static CallStep Refused(MachineState state, CallRefusal refusal) => new(state, StepKind.Refused, refusal: refusal);

    /// <summary>The same step with more effects at the end.</summary>
    public CallStep With(params ReadOnlySpan<CallEffect> effects) => To(State, [.. Effects(), .. effects]);

    /// <summary>The same effects with another state.</summary>
    public CallStep In(MachineState state) => new(state, Kind, _only, _many, Refusal);

    public IReadOnlyList<CallEffect> Effects() => _many ?? (EffectCount == 0 ? [] : [_only]);
}

internal enum StepKind : byte
{
    Ignored,
    Transition,
    Refused,
}

/// <summary>Why a local command was refused.</summary>
/// <param name="Message">A sentence that names the state and what would have been legal.</param>
/// <param name="IsOwnCall">Whether the user called himself: an error of the argument, not of the state.</param>
internal sealed record CallRefusal(string Message, bool IsOwnCall = false)
{
#pragma warning disable CA2208 // The argument is that of ICallManager.StartOutgoingAsync.
    public Exception ToException() => IsOwnCall ? new ArgumentException(Message, "chatId") : new InvalidOperationException(Message);
#pragma warning restore CA2208
}
