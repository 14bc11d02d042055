using Calls.Machine;
using Calls.Media;
using Calls.Signaling;

namespace Calls.Benchmarks;

/// <summary>The states and inputs that the benchmarks start from.</summary>
internal static class Situations
{
    public static readonly CallMachine Pure = new(new MachineSettings());
    public static readonly CallId Id = CallId.New();
    public static readonly CallInput Start = new StartCommand(Id, "bob", Video: true);
    public static readonly CallInput Opened = new MediaOpened(Id, Muted: false, VideoSource.Camera);
    public static readonly CallInput Created = new OfferCreated(Id, "v=0");
    public static readonly CallInput Delivered = new DescriptionDelivered(Id);
    public static readonly CallInput Answer = new MessageReceived(new AnswerMessage { CallId = Id, Sdp = "v=0" });
    public static readonly CallInput Candidates = new MessageReceived(new CandidatesMessage { CallId = Id, Candidates = [new("candidate:1", "0", 0)] });
    public static readonly CallInput Connected = new ConnectionChanged(Id, MediaConnectionState.Connected);
    public static readonly CallInput End = new EndCommand();
    public static readonly CallInput Linger = new TimerFired(Id, CallTimer.Linger);
    public static readonly CallInput Ignored = new MessageReceived(new RejectedMessage { CallId = Id });
    public static readonly CallInput[] WholeCall = [Start, Opened, Created, Delivered, Answer, Candidates, Connected, End, Linger];

    public static MachineState After(params CallInput[] inputs)
        => inputs.Aggregate(MachineState.Initial, (state, input) => Pure.Step(state, input).State);
}
