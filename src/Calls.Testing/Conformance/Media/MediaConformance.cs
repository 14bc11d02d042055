using Calls.Media;

namespace Calls.Testing;

/// <summary>
/// What the core relies on in an <see cref="IMediaSource"/>, as cases that any test framework can enumerate. An engine that passes all that it can
/// run carries the media of calls.
/// </summary>
public static class MediaConformance
{
    /// <summary>Every case.</summary>
    public static IReadOnlyList<ConformanceCase<IMediaRig>> Cases { get; } =
        [.. DeviceCases.All, .. DeviceChoiceCases.All, .. DescriptionCases.All, .. SessionCases.All, .. MediaEventCases.All, .. NegotiationCases.All, .. MediaDisposalCases.All];

    /// <summary>The case of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ConformanceCase<IMediaRig> Case(string name)
        => Cases.FirstOrDefault(one => one.Name == name) ?? throw new ArgumentException($"There is no case '{name}'.", nameof(name));

    internal static ConformanceCase<IMediaRig> Of(
        string name, string rule, Func<MediaTrial, Task> run, MediaRigAbilities needs = MediaRigAbilities.None,
        MediaCapabilities capabilities = MediaCapabilities.None)
        => new(name, rule, rig => rig.Abilities.HasFlag(needs) && rig.Source.Capabilities.HasFlag(capabilities), async (caseName, rig) =>
        {
            MediaTrial trial = new(caseName, rig);
            await using (trial.ConfigureAwait(false))
                await run(trial).ConfigureAwait(false);
        });
}
