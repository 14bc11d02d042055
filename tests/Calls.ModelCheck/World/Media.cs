using System.Collections.Immutable;
using Calls.Machine;
using Calls.Media;

namespace Calls.ModelCheck;

/// <summary>The media of one call as a pure engine: works off the machine's orders in order; what each brings is a choice.</summary>
/// <param name="DevicesId">The call for which the devices were opened.</param>
internal sealed record Media(CallId DevicesId)
{
    public ImmutableArray<MediaJob> Queue { get; init; } = [];

    public bool IsOpen { get; init; }

    public DeviceWish Devices { get; init; }

    public Session? Session { get; init; }

    /// <summary>How often the devices were opened.</summary>
    public int Opens { get; init; }
}

/// <summary>An order of the machine; without one: candidates to add.</summary>
internal readonly record struct MediaJob(CallId Call, MediaOrder? Order, object? Subject);

/// <summary>One peer connection.</summary>
/// <param name="Call">The call it was made for.</param>
/// <param name="Remote">The device whose description it was given; -1: none yet.</param>
/// <param name="Link">What ICE and DTLS do.</param>
/// <param name="HasCandidates">Whether candidates were gathered and not told yet.</param>
/// <param name="IsDead">Whether no ICE restart brings it back.</param>
internal sealed record Session(CallId Call, int Remote, MediaConnectionState Link, bool HasCandidates, bool IsDead = false);
