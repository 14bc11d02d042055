namespace Calls.Machine;

/// <summary>What one input does in one state.</summary>
internal delegate CallStep CallRule(MachineState state, CallInput input, MachineSettings settings);

/// <summary>One cell of the table: transition, ignore or refuse.</summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Rule">What to do, for a transition; it may still find that there is nothing to do.</param>
/// <param name="Targets">The other states that the rule may lead to. A rule may always stay: what changes then is the call's data.</param>
internal sealed record CallCell(StepKind Kind, CallRule? Rule, IReadOnlyList<CallState> Targets)
{
    public static CallCell Ignore { get; } = new(StepKind.Ignored, null, []);

    public static CallCell Refuse { get; } = new(StepKind.Refused, null, []);
}
