namespace Calls.Machine;

/// <summary>What one input did: the new state and what is to be done; or that it was ignored, or refused.</summary>
internal readonly struct CallStep
{
    private readonly CallEffect _first;
    private readonly CallEffect[]? _more;
    private readonly int _count;

    private CallStep(MachineState state, StepKind kind, CallRefusal? refusal, CallEffect first = default, CallEffect[]? more = null, int count = 0)
    {
        State = state;
        Kind = kind;
        Refusal = refusal;
        _first = first;
        _more = more;
        _count = count;
    }

    public MachineState State { get; }

    public StepKind Kind { get; }

    /// <summary>Why a local command was refused.</summary>
    public CallRefusal? Refusal { get; }

    public int EffectCount => _count;

    public CallEffect this[int index] => index == 0 ? _first : _more![index - 1];

    public static CallStep To(MachineState state) => new(state, StepKind.Transition, null);

    public static CallStep Ignored(MachineState state) => new(state, StepKind.Ignored, null);

    public static CallStep Refused(MachineState state, CallRefusal refusal) => new(state, StepKind.Refused, refusal);

    /// <summary>The same step with one more effect at the end.</summary>
    public CallStep With(CallEffect effect)
    {
        if (_count == 0)
            return new(State, Kind, Refusal, effect, null, 1);
        var more = new CallEffect[_count];
        _more?.AsSpan(0, _count - 1).CopyTo(more);
        more[_count - 1] = effect;
        return new(State, Kind, Refusal, _first, more, _count + 1);
    }

    public CallStep WithIf(bool condition, CallEffect effect) => condition ? With(effect) : this;

    /// <summary>The same effects with another state.</summary>
    public CallStep In(MachineState state) => new(state, Kind, Refusal, _first, _more, _count);

    public CallEffect[] Effects()
    {
        var all = new CallEffect[_count];
        for (var i = 0; i < _count; i++)
            all[i] = this[i];
        return all;
    }
}

internal enum StepKind
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
