using Calls.Signaling.Server;

namespace Calls.ModelCheck;

/// <summary>Of several devices exactly one answers.</summary>
internal static class OneAnswerPerCall
{
    public static void Check(World world, RoutedCall call)
    {
        var answered = 0;
        foreach (var leg in call.Legs)
            answered += leg.State == LegState.Answered ? 1 : 0;
        if (answered > 1)
            world.Break(nameof(OneAnswerPerCall), $"{answered} devices answered {call.Id}");
    }
}
