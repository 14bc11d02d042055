using Calls.Machine;
using Calls.Media;
using Calls.Signaling.Server;

namespace Calls.ModelCheck;

/// <summary>What the server's rules make of an input; <see cref="RoutedCall.Step"/>, unless a bug is put back.</summary>
internal delegate RoutedStep RoutedRule(RoutedCall call, RoutedInput input);

/// <summary>The code that is checked, and how far.</summary>
internal sealed class Model(Bounds bounds, CallTable? table = null, RoutedRule? routed = null)
{
    public static readonly MachineSettings Settings = new();

    public Bounds Bounds => bounds;

    public CallMachine Machine { get; } = new(bounds.Poor ? Settings with { Capabilities = MediaCapabilities.Video } : Settings, table);

    public RoutedRule Routed { get; } = routed ?? RoutedCall.Step;

    public RoutedCallSettings ServerSettings { get; } = new();

    public IEnumerable<World> Initial()
    {
        yield return World.Initial(bounds, aliceGreater: false);
        if (bounds.Budget is { AliceStarts: > 0, BobStarts: > 0 })
            yield return World.Initial(bounds, aliceGreater: true);
    }
}
