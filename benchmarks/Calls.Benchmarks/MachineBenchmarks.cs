using BenchmarkDotNet.Attributes;
using Calls.Machine;
using Stateless;
using static Calls.Benchmarks.Situations;

namespace Calls.Benchmarks;

/// <summary>
/// The same seven inputs of an outgoing call, Idle to Idle: our machine with everything it decides, and a Stateless machine of the same seven states that
/// decides nothing. Five of the inputs lead to another state; "devices are open" and "offer is made" stay in Outgoing. Time and memory are for one input.
/// </summary>
[MemoryDiagnoser]
public class MachineBenchmarks
{
    private const int Count = 7;

    private static readonly CallInput[] Inputs = [Start, Opened, Created, Answer, Up, End, Linger];
    private readonly StateMachine<CallState, Trigger> _stateless = MakeStateless();

    private enum Trigger
    {
        Start,
        MediaOpened,
        OfferCreated,
        Answer,
        Connected,
        End,
        Linger,
        Fail,
        Offer,
        Accept,
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public CallState Calls()
    {
        var state = MachineState.Initial;
        foreach (var input in Inputs)
            state = Pure.Step(state, input).State;
        return state.State;
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public CallState Stateless()
    {
        _stateless.Fire(Trigger.Start);
        _stateless.Fire(Trigger.MediaOpened);
        _stateless.Fire(Trigger.OfferCreated);
        _stateless.Fire(Trigger.Answer);
        _stateless.Fire(Trigger.Connected);
        _stateless.Fire(Trigger.End);
        _stateless.Fire(Trigger.Linger);
        return _stateless.State;
    }

    private static StateMachine<CallState, Trigger> MakeStateless()
    {
        var machine = new StateMachine<CallState, Trigger>(CallState.Idle);
        machine.Configure(CallState.Idle).Permit(Trigger.Start, CallState.Outgoing).Permit(Trigger.Offer, CallState.IncomingRinging);
        machine.Configure(CallState.Outgoing).InternalTransition(Trigger.MediaOpened, () => { }).InternalTransition(Trigger.OfferCreated, () => { })
            .Permit(Trigger.Answer, CallState.Connecting).Permit(Trigger.End, CallState.Ended).Permit(Trigger.Fail, CallState.Failed);
        machine.Configure(CallState.IncomingRinging).Permit(Trigger.Accept, CallState.Connecting).Permit(Trigger.End, CallState.Ended).Permit(Trigger.Fail, CallState.Failed);
        machine.Configure(CallState.Connecting).Permit(Trigger.Connected, CallState.Connected).Permit(Trigger.End, CallState.Ended).Permit(Trigger.Fail, CallState.Failed);
        machine.Configure(CallState.Connected).Permit(Trigger.End, CallState.Ended).Permit(Trigger.Fail, CallState.Failed);
        machine.Configure(CallState.Ended).Permit(Trigger.Linger, CallState.Idle).Permit(Trigger.Start, CallState.Outgoing).Permit(Trigger.Offer, CallState.IncomingRinging);
        machine.Configure(CallState.Failed).Permit(Trigger.Linger, CallState.Idle).Permit(Trigger.Start, CallState.Outgoing).Permit(Trigger.Offer, CallState.IncomingRinging);
        return machine;
    }
}

/// <summary>A whole outgoing call of the machine alone, candidates and all.</summary>
[MemoryDiagnoser]
public class WholeCallBenchmarks
{
    [Benchmark]
    public CallState Machine()
    {
        var state = MachineState.Initial;
        foreach (var input in WholeCall)
            state = Pure.Step(state, input).State;
        return state.State;
    }
}
