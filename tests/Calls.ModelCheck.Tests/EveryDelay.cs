using Calls.Machine;
using ServerTimerKind = Calls.Signaling.Server.CallTimerKind;

namespace Calls.ModelCheck.Tests;

/// <summary>
/// Every order in which messages arrive and users act, from one world on: machine, router and machine. No ring time runs out, and what is over
/// stays to be looked at.
/// </summary>
/// <param name="model">The code that is played.</param>
/// <param name="isClosed">Whether nobody outside the model is in a call with one of its devices: only then do its invariants hold.</param>
internal sealed class EveryDelay(Model model, bool isClosed)
{
    /// <summary>The worlds in which nothing is left to happen, of those that <paramref name="allowed"/> choices lead to.</summary>
    public IReadOnlyList<World> From(World start, Func<Choice, bool> allowed)
    {
        List<World> ends = [];
        List<Choice> choices = [];
        HashSet<UInt128> seen = [];
        Queue<World> open = new([start]);
        var encoding = new Encoding();
        while (open.TryDequeue(out var world))
        {
            var isAtRest = ChoicesOf.Fill(model, world, choices);
            if (isClosed)
                Invariant.Check(world, isAtRest).Should().BeNull();
            if (isAtRest)
                ends.Add(world);
            foreach (var choice in choices)
            {
                if (IsLeftOut(world, choice) || !allowed(choice))
                    continue;
                var next = Happening.Of(model, world, choice);
                if (seen.Add(encoding.Hash(next)))
                    open.Enqueue(next);
            }
        }

        return ends;
    }

    private static bool IsLeftOut(World world, Choice choice) => choice.Kind switch
    {
        ChoiceKind.Timer => (CallTimer)choice.Argument is CallTimer.Ring or CallTimer.Linger,
        ChoiceKind.ServerTimer => world.Calls[choice.Argument].Timers[choice.Second].Kind == ServerTimerKind.Ring,
        _ => false,
    };
}
