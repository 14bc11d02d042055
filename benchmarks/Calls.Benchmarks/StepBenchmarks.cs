using BenchmarkDotNet.Attributes;
using Calls.Machine;
using static Calls.Benchmarks.Situations;

namespace Calls.Benchmarks;

/// <summary>One step for each kind of input.</summary>
[MemoryDiagnoser]
public class StepBenchmarks
{
    private readonly MachineState _outgoing = After(Start, Opened, Created);
    private readonly MachineState _opening = After(Start);
    private readonly MachineState _connecting = After(Start, Opened, Created, Delivered, Answer);
    private readonly MachineState _connected = After(Start, Opened, Created, Delivered, Answer, Connected);
    private readonly MachineState _ended = After(Start, Opened, Created, Delivered, Answer, Connected, End);

    [Benchmark]
    public int RemoteCandidate() => Pure.Step(_connected, Candidates).EffectCount;

    [Benchmark]
    public int IgnoredMessage() => Pure.Step(_connected, Ignored).EffectCount;

    [Benchmark]
    public int StaleTimer() => Pure.Step(_connected, Linger).EffectCount;

    [Benchmark]
    public int StartOutgoing() => Pure.Step(MachineState.Initial, Start).EffectCount;

    [Benchmark]
    public int DevicesOpened() => Pure.Step(_opening, Opened).EffectCount;

    [Benchmark]
    public int AnswerReceived() => Pure.Step(_outgoing, Answer).EffectCount;

    [Benchmark]
    public int MediaConnected() => Pure.Step(_connecting, Connected).EffectCount;

    [Benchmark]
    public int HangUp() => Pure.Step(_connected, End).EffectCount;

    [Benchmark]
    public int BackToIdle() => Pure.Step(_ended, Linger).EffectCount;
}
