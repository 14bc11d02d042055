using Calls.Signaling;

namespace Calls.Testing;

/// <summary>
/// What the core relies on in an <see cref="ISignalingChannel"/>, as cases that any test framework can enumerate. A channel that passes all of them
/// carries calls.
/// </summary>
public static class SignalingConformance
{
    /// <summary>Every case.</summary>
    public static IReadOnlyList<ConformanceCase<ISignalingRig>> Cases { get; } =
        [.. ConnectingCases.All, .. MessageCases.All, .. LossCases.All, .. RefusalCases.All, .. ObserverCases.All, .. SignalingDisposalCases.All];

    /// <summary>The case of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ConformanceCase<ISignalingRig> Case(string name)
        => Cases.FirstOrDefault(one => one.Name == name) ?? throw new ArgumentException($"There is no case '{name}'.", nameof(name));

    internal static ConformanceCase<ISignalingRig> Of(
        string name, string rule, Func<SignalingTrial, Task> run, SignalingRigAbilities needs = SignalingRigAbilities.None,
        ServerManner manner = ServerManner.Accepts, bool clockStands = false)
        => new(name, rule, rig => rig.Abilities.HasFlag(needs), async (caseName, rig) =>
        {
            rig.Manner = manner;
            SignalingTrial trial = new(caseName, rig, clockStands ? new StandingClock() : TimeProvider.System);
            await using (trial.ConfigureAwait(false))
                await run(trial).ConfigureAwait(false);
        });
}
