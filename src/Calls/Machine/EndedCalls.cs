using System.Collections.Immutable;

namespace Calls.Machine;

/// <summary>The last calls that are over, so that what arrives late or twice never rings.</summary>
internal readonly record struct EndedCalls(ImmutableArray<CallId> Ids)
{
    private const int Remembered = 64;

    public static EndedCalls None { get; } = new([]);

    public bool Contains(CallId id) => Ids.Contains(id);

    public EndedCalls Add(CallId id)
        => Contains(id) ? this : new(Ids.Length < Remembered ? Ids.Add(id) : [.. Ids.AsSpan()[1..], id]);
}
