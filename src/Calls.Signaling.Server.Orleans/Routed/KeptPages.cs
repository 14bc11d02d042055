using System.Collections.Immutable;
using System.Globalization;
using Orleans.Storage;

namespace Calls.Signaling.Server.Orleans;

/// <summary>
/// What is kept of one call, stored beside it: a call is stored at each change, and what is kept for replay does not change any more. It is stored once, in pages of some messages; the
/// call has those that fill no page yet, and names the pages. A page is there before the call that names it, and never written again: it has a name that no other activation gives.
/// Belongs to one grain.
/// </summary>
internal sealed class KeptPages(IGrainStorage storage, GrainId call, Persistence persistence)
{
    /// <summary>How many messages make a page.</summary>
    internal const int Size = 8;

    private Dictionary<(int Leg, int From), Page> _stored = [];
    private Dictionary<(int Leg, int From), Page> _next = [];
    private List<Page> _unsure = [];
    private string _name = NewName();

    /// <summary>Stores the pages that a call needs and that are not stored yet. Returns the call as it is to be stored; <see cref="Commit"/> once that is done.</summary>
    public async Task<CallDocument> StoreAsync(CallDocument document)
    {
        _next = [];
        List<Task> writing = [];
        var runs = ImmutableArray.CreateBuilder<KeptRun>();
        var legs = document.Call.Legs;
        for (var i = 0; i < document.Call.Legs.Count; i++)
        {
            var leg = document.Call.Legs[i];
            var first = leg.Sent - leg.Outbox.Count + 1;
            var last = leg.Sent / Size * Size;
            if (last < first)
                continue;
            legs = legs.With(i, leg with { Outbox = leg.Outbox.Skip(last - first + 1) });
            for (var from = StartOf(first); from <= last; from += Size)
            {
                var (begin, end) = (Math.Max(first, from), from + Size - 1);
                if (!_stored.TryGetValue((i, from), out var page))
                {
                    page = new Page(i, from, _name);
                    _unsure.Add(page);
                    writing.Add(WriteAsync(page, leg.Outbox.AsSpan().Slice(begin - first, end - begin + 1)));
                }

                _next.Add((i, from), page);
                if (runs.Count > 0 && runs[^1] is var run && run.Leg == i && run.Name == page.Name)
                    runs[^1] = run with { Last = end };
                else
                    runs.Add(new KeptRun(i, begin, end, page.Name));
            }
        }

        await Task.WhenAll(writing);
        return document with { Call = document.Call with { Legs = legs }, Kept = runs.ToImmutable() };
    }

    /// <summary>The call is stored: pages that it does not name any more are thrown away.</summary>
    public void Commit()
    {
        foreach (var (key, page) in _stored)
        {
            if (!_next.ContainsKey(key))
                persistence.Try(() => ClearAsync(page));
        }

        (_stored, _unsure) = (_next, []);
    }

    /// <summary>The call as it was, with all that is kept.</summary>
    /// <exception cref="UnreadableException">A page is none that this version can read.</exception>
    public async Task<CallDocument> ReadAsync(CallDocument document)
    {
        Page[] pages = [.. document.Kept.SelectMany(PagesOf)];
        var read = await Task.WhenAll(pages.Select(ReadAsync));
        var legs = document.Call.Legs;
        foreach (var run in document.Kept)
        {
            var kept = pages.Zip(read).Where(one => one.First.Leg == run.Leg && one.First.Name == run.Name).SelectMany(one => one.Second)
                .Where(message => message.Message.Seq >= run.First && message.Message.Seq <= run.Last).ToArray();
            var before = legs[run.Leg].Outbox;
            var tail = document.Call.Legs[run.Leg].Outbox;

            // What one run has stands before what the next has, and before what the call has itself.
            var known = before.Count - tail.Count;
            legs = legs.With(run.Leg, legs[run.Leg] with { Outbox = default(ValueArray<KeptMessage>).AddRange([.. before.AsSpan()[..known], .. kept, .. tail.AsSpan()]) });
        }

        _stored = pages.ToDictionary(page => (page.Leg, page.From));
        foreach (var page in _unsure.Where(page => !pages.Any(known => known.Key == page.Key)))
            persistence.Try(() => ClearAsync(page));
        _unsure = [];
        return document with { Call = document.Call with { Legs = legs }, Kept = [] };
    }

    /// <summary>It is not known what is stored.</summary>
    public void Doubt() => (_stored, _name) = ([], NewName());

    /// <summary>Throws away all pages.</summary>
    public async Task ClearAsync()
    {
        await Task.WhenAll(_stored.Values.Concat(_unsure).Select(ClearAsync));
        (_stored, _unsure) = ([], []);
    }

    private static string NewName() => Guid.NewGuid().ToString("N")[..12];

    private static int StartOf(int seq) => ((seq - 1) / Size * Size) + 1;

    private static IEnumerable<Page> PagesOf(KeptRun run)
    {
        for (var from = StartOf(run.First); from <= run.Last; from += Size)
            yield return new Page(run.Leg, from, run.Name);
    }

    private Task WriteAsync(Page page, ReadOnlySpan<KeptMessage> messages)
    {
        var kept = new KeptDocument { Messages = default(ValueArray<KeptMessage>).AddRange(messages) };
        page.State.State = new StoredDocument { Document = StoredDocument.Write(kept, StorageJson.Default.KeptDocument) };
        return storage.WriteStateAsync(page.Key, call, page.State);
    }

    private async Task<ValueArray<KeptMessage>> ReadAsync(Page page)
    {
        await storage.ReadStateAsync(page.Key, call, page.State);

        // Missing only where a call was being thrown away.
        var messages = StoredDocument.Read(page.State.State?.Document, StorageJson.Default.KeptDocument)?.Messages ?? default;
        return messages.Any(message => message.IsEmpty) ? throw new UnreadableException(nameof(KeptDocument)) : messages;
    }

    private async Task ClearAsync(Page page)
    {
        if (page.State.ETag is null)
            await storage.ReadStateAsync(page.Key, call, page.State);
        if (page.State.RecordExists)
            await storage.ClearStateAsync(page.Key, call, page.State);
    }

    private sealed record Page(int Leg, int From, string Name)
    {
        public string Key { get; } = string.Create(CultureInfo.InvariantCulture, $"kept-{Name}-{Leg}-{From}");

        public GrainState<StoredDocument> State { get; } = new(new StoredDocument());
    }
}

/// <summary>What is stored of a page.</summary>
internal sealed record KeptDocument
{
    /// <summary>Its messages, in the order of their numbers.</summary>
    public ValueArray<KeptMessage> Messages { get; init; }
}

/// <summary>Pages that follow each other.</summary>
/// <param name="Leg">For which leg they are kept.</param>
/// <param name="First">The first number that is still kept.</param>
/// <param name="Last">The last number in them.</param>
/// <param name="Name">What the activation that stored them calls its pages.</param>
internal readonly record struct KeptRun(int Leg, int First, int Last, string Name);
