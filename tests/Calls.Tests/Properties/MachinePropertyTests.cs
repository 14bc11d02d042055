using System.Collections.Concurrent;
using Calls.Machine;
using Calls.Testing;
using CsCheck;

namespace Calls.Tests.Properties;

public class MachinePropertyTests
{
    private static readonly CallState[] Over = [CallState.Ended, CallState.Failed];

    private readonly ConcurrentDictionary<(CallState From, CallState To), bool> _moves = [];

    [Fact]
    public void Every_kind_of_input_is_told()
        => InputGenerator.Kinds.Should().BeEquivalentTo(typeof(CallInput).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(CallInput)) && !type.IsAbstract));

    [Fact]
    public void Any_sequence_of_inputs_keeps_the_snapshot_legal_and_every_move_in_the_table()
    {
        Gen.Select(InputGenerator.Settings, InputGenerator.Beginning, InputGenerator.Any.Array[1, 40]).Sample(
            (settings, beginning, told) => Play(settings, beginning, told, []),
            iter: FuzzRuns.At(cost: 10),
            print: given => Retold(given.Item1, given.Item2, given.Item3));

        _moves.Keys.Should().BeEquivalentTo(
            CallTable.States.SelectMany(from => CallTable.States.Select(to => (from, to))).Where(move => move.from != move.to && LegalTransitions.Allow(move.from, move.to)),
            "every legal move is made by some sequence");
    }

    private void Play(MachineSettings settings, MachineState state, Told[] told, List<string> story)
    {
        var machine = new CallMachine(settings);
        HashSet<CallTimer>? timers = null;
        foreach (var next in told)
            state = Step(machine, state, InputGenerator.Aimed(next, state), ref timers, story);
    }

    private MachineState Step(CallMachine machine, MachineState before, CallInput input, ref HashSet<CallTimer>? timers, List<string> story)
    {
        story.Add($"{before.State} {before.Call?.Id}: {input}");
        var step = machine.Step(before, input);
        if (step.Kind != StepKind.Transition)
        {
            Demand(ReferenceEquals(step.State, before) && step.EffectCount == 0, "what is not a transition changes nothing");
            return before;
        }

        var after = step.State;
        Demand(LegalTransitions.Allow(before.State, after.State), $"a move of the table, not {before.State} → {after.State}");
        if (before.State != after.State)
            _moves.TryAdd((before.State, after.State), true);
        var broken = LegalSnapshots.Broken(after);
        Demand(broken is null, broken!);
        var ends = step.Effects().Count(effect => effect.Kind == CallEffectKind.Ended);
        Demand(ends == (Over.Contains(after.State) && !Over.Contains(before.State) ? 1 : 0), "one end for a call that ends, and none else");
        Demand(after.Call is not { } call || call.HeldRemote.Length <= 256, "candidates that wait are bounded");
        Count(step, before, after, ref timers);
        return step.EffectCount > 0 && step[step.EffectCount - 1] is { Kind: CallEffectKind.Again, Subject: CallInput again }
            ? Step(machine, after, again, ref timers, story)
            : after;
    }

    /// <summary>Which timers run is known from the first end on: a run begins in the middle of a call.</summary>
    private static void Count(CallStep step, MachineState before, MachineState after, ref HashSet<CallTimer>? timers)
    {
        foreach (var effect in step.Effects())
        {
            if (effect.Kind == CallEffectKind.Ended)
                timers = [];
            else if (effect.Kind == CallEffectKind.SetTimer)
                timers?.Add(effect.Timer);
            else if (effect.Kind == CallEffectKind.CancelTimer)
                timers?.Remove(effect.Timer);
        }

        if (timers is null)
            return;
        if (after.State == CallState.Idle)
            timers.Remove(CallTimer.Linger);
        Demand(after.State != CallState.Idle || timers.Count == 0, $"no timer at rest, not {string.Join(", ", timers)}");
        Demand(!Over.Contains(after.State) || timers.All(timer => timer == CallTimer.Linger), $"only the linger after a call, not {string.Join(", ", timers)}");
    }

    private static void Demand(bool holds, string what)
    {
        if (!holds)
            throw new InvalidOperationException($"Broken: {what}.");
    }

    private string Retold(MachineSettings settings, MachineState beginning, Told[] told)
    {
        List<string> story = [];
        try
        {
            Play(settings, beginning, told, story);
        }
        catch (InvalidOperationException broken)
        {
            story.Add(broken.Message);
        }

        return string.Join(Environment.NewLine, story);
    }
}
