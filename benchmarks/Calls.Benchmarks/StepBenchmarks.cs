using BenchmarkDotNet.Attributes;
using Calls.Machine;

namespace Calls.Benchmarks;

/// <summary>One step for each kind of input: every row of the machine's table, in a state that it does most in.</summary>
[MemoryDiagnoser]
public class StepBenchmarks
{
    public static IEnumerable<StepCase> Kinds => Enum.GetValues<CallRow>().Select(StepCase.Of).Append(StepCase.Ignored);

    [Benchmark]
    [ArgumentsSource(nameof(Kinds))]
    public int Step(StepCase kind) => kind.Step();
}
