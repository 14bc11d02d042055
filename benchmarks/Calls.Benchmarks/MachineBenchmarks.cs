using BenchmarkDotNet.Attributes;
using Calls.Machine;
using Stateless;

namespace Calls.Benchmarks;

/// <summary>
/// The same five transitions of an outgoing call, Idle to Idle: our machine with everything it decides, and a Stateless machine that keeps the state
/// and decides nothing. Time and memory are for one transition.
/// </summary>
[MemoryDiagnoser]
public class MachineBenchmarks
{
    private const int Transitions = 5;

    private static readonly CallInput[] Inputs = [Situations.Start, Situations.Opened, Situations.Created, Situations.Answer, Situations.Connected, Situations.End, Situations.Linger];
    private readonly StateMachine<CallState, Trigger> _stateless = MakeStateless();

    private enum Trigger
    {
        Start,
        Answer,
        Connected,
        End,
        Linger,
        Fail,
        Offer,
        Accept,
    }

    [Benchmark(OperationsPerInvoke = Transitions)]
    public CallState Calls()
    {
        var state = MachineState.Initial;
        foreach (var input in Inputs)
            state = Situations.Pure.Step(state, input).State;
        return state.State;
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Transitions)]
    public CallState Stateless()
    {
        _stateless.Fire(Trigger.Start);
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
        machine.Configure(CallState.Outgoing).Permit(Trigger.Answer, CallState.Connecting).Permit(Trigger.End, CallState.Ended).Permit(Trigger.Fail, CallState.Failed);
        machine.Configure(CallState.IncomingRinging).Permit(Trigger.Accept, CallState.Connecting).Permit(Trigger.End, CallState.Ended).Permit(Trigger.Fail, CallState.Failed);
        machine.Configure(CallState.Connecting).Permit(Trigger.Connected, CallState.Connected).Permit(Trigger.End, CallState.Ended).Permit(Trigger.Fail, CallState.Failed);
        machine.Configure(CallState.Connected).Permit(Trigger.End, CallState.Ended).Permit(Trigger.Fail, CallState.Failed);
        machine.Configure(CallState.Ended).Permit(Trigger.Linger, CallState.Idle).Permit(Trigger.Start, CallState.Outgoing).Permit(Trigger.Offer, CallState.IncomingRinging);
        machine.Configure(CallState.Failed).Permit(Trigger.Linger, CallState.Idle).Permit(Trigger.Start, CallState.Outgoing).Permit(Trigger.Offer, CallState.IncomingRinging);
        return machine;
    }
}
