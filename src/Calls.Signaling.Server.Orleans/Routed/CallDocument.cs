using System.Collections.Immutable;

namespace Calls.Signaling.Server.Orleans;

/// <summary>What is stored of a call: all that it needs to go on in another place.</summary>
internal sealed record CallDocument
{
    /// <summary>The call.</summary>
    public required RoutedCall Call { get; init; }

    /// <summary>When it was touched last, by the cluster's clock: its time never runs backwards, whatever node it is on.</summary>
    public TimeSpan At { get; init; }

    /// <summary>The connections of its users.</summary>
    public ImmutableArray<Link> Links { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The timers that run.</summary>
    public ImmutableArray<Deadline> Deadlines { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The pages with what is kept, in their order; those of the call itself come after them. Only as it is stored.</summary>
    public ImmutableArray<KeptRun> Kept { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>When the next timer fires; null: none runs.</summary>
    public TimeSpan? Next() => Deadlines.IsEmpty ? null : Deadlines.Min(deadline => deadline.At);

    public Link? Find(DeviceKey device) => Links.FirstOrDefault(link => link.Device == device);

    public CallDocument With(Link link) => this with { Links = [.. Links.Where(known => known.Device != link.Device), link] };

    public CallDocument Without(Link link) => this with { Links = Links.Remove(link) };

    public CallDocument With(CallTimer timer, TimeSpan at) => Without(timer) with { Deadlines = [.. Without(timer).Deadlines, new Deadline(timer, at)] };

    public CallDocument Without(CallTimer timer)
        => Deadlines.Any(deadline => deadline.Timer == timer) ? this with { Deadlines = Deadlines.RemoveAll(deadline => deadline.Timer == timer) } : this;
}

/// <summary>A timer that runs.</summary>
/// <param name="Timer">Which.</param>
/// <param name="At">When it fires, by the cluster's clock.</param>
internal readonly record struct Deadline(CallTimer Timer, TimeSpan At);
