using System.Diagnostics;
using System.Globalization;

namespace Calls.ModelCheck;

/// <summary>What a search found.</summary>
/// <param name="States">How many distinct states were seen.</param>
/// <param name="Transitions">How many steps were made.</param>
/// <param name="Depth">How many steps the farthest state is away.</param>
/// <param name="AtRest">In how many states nothing is in flight, pending or set.</param>
/// <param name="IsComplete">Whether everything within the bounds was seen; otherwise the number of states was the limit.</param>
/// <param name="Violation">What does not hold; null: everything holds.</param>
/// <param name="Path">The shortest way to the violation.</param>
/// <param name="AliceGreater">From which initial world it leads.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record Findings(
    int States, long Transitions, int Depth, int AtRest, bool IsComplete, Violation? Violation, IReadOnlyList<Choice> Path, bool AliceGreater, TimeSpan Elapsed)
{
    /// <summary>In how many states the thing looked for was seen.</summary>
    public int Sightings { get; init; }

    /// <summary>All of it that is a number, in one line.</summary>
    public string Line => string.Create(CultureInfo.InvariantCulture,
        $"states={States} transitions={Transitions} depth={Depth} complete={(IsComplete ? "yes" : "no")} violations={(Violation is null ? 0 : 1)} seconds={Elapsed.TotalSeconds:F1}");
}

/// <summary>Visits every reachable state, the nearest first: a violation is found by a shortest way. Each level is expanded on every core and joined in order,
/// so that two searches find the same.</summary>
/// <param name="model">What may happen.</param>
/// <param name="lookFor">Something that the search is to come by, whatever it is; null: nothing.</param>
internal sealed class BreadthFirst(Model model, Func<World, bool>? lookFor = null)
{
    private const int Chunk = 512;
    private readonly Visited _visited = new();
    private readonly List<(int Parent, Choice Choice)> _ways = [];
    private long _transitions;
    private int _atRest;
    private int _sightings;

    public Findings Run()
    {
        var watch = Stopwatch.StartNew();
        List<Node> level = [];
        var encoding = new Encoding();
        foreach (var world in model.Initial())
        {
            _visited.Add(encoding.Hash(world));
            _ways.Add((-1, default));
            level.Add(new(world, _ways.Count - 1));
        }

        var depth = 0;
        while (level.Count > 0 && _visited.Count < model.Bounds.MaxStates)
        {
            var batches = Expand(level);
            List<Node> next = [];
            foreach (var batch in batches)
            {
                _transitions += batch.Transitions;
                _atRest += batch.AtRest;
                _sightings += batch.Sightings;
                if (batch.Found is { } found)
                    return Report(found);
                foreach (var (parent, choice, world, hash) in batch.Next)
                {
                    if (!_visited.Add(hash))
                        continue;
                    _ways.Add((parent, choice));
                    next.Add(new(world, _ways.Count - 1));
                }
            }

            level = next;
            depth++;
        }

        return new(_visited.Count, _transitions, depth, _atRest, level.Count == 0, null, [], false, watch.Elapsed) { Sightings = _sightings };

        Findings Report(Found found)
        {
            var (path, root) = Path(found.Parent);
            if (found.Choice is { } last)
                path.Add(last);
            return new(_visited.Count, _transitions, depth + 1, _atRest, false, found.Violation, path, root == 1, watch.Elapsed);
        }
    }

    private Batch[] Expand(List<Node> level)
    {
        var batches = new Batch[(level.Count + Chunk - 1) / Chunk];
        Parallel.For(0, batches.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            batches[i] = new();
            Expand(level, i * Chunk, Math.Min(level.Count, (i + 1) * Chunk), batches[i]);
        });
        return batches;
    }

    private void Expand(List<Node> level, int from, int to, Batch batch)
    {
        var encoding = new Encoding();
        HashSet<UInt128> seen = [];
        List<Choice> choices = [];
        for (var i = from; i < to; i++)
        {
            var (world, index) = level[i];
            level[i] = default;
            batch.Sightings += lookFor?.Invoke(world) == true ? 1 : 0;
            var isAtRest = ChoicesOf.Fill(model, world, choices);
            batch.AtRest += isAtRest ? 1 : 0;
            if (isAtRest && Invariant.Check(world, isAtRest: true) is { } atRest)
            {
                batch.Found ??= new(index, null, atRest);
                return;
            }

            foreach (var choice in choices)
            {
                batch.Transitions++;
                var next = Happening.Of(model, world, choice);
                if (Invariant.Check(next, isAtRest: false) is { } violation)
                {
                    batch.Found ??= new(index, choice, violation);
                    return;
                }

                var hash = encoding.Hash(next);
                if (!_visited.Contains(hash) && seen.Add(hash))
                    batch.Next.Add((index, choice, next, hash));
            }
        }
    }

    private (List<Choice> Path, int Root) Path(int index)
    {
        List<Choice> path = [];
        for (; _ways[index].Parent >= 0; index = _ways[index].Parent)
            path.Add(_ways[index].Choice);
        path.Reverse();
        return (path, index);
    }

    private readonly record struct Node(World World, int Index);

    private sealed record Found(int Parent, Choice? Choice, Violation Violation);

    private sealed class Batch
    {
        public List<(int Parent, Choice Choice, World World, UInt128 Hash)> Next { get; } = [];

        public long Transitions { get; set; }

        public int AtRest { get; set; }

        public int Sightings { get; set; }

        public Found? Found { get; set; }
    }
}
