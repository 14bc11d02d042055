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
    public static readonly CallInput Answer = Message(new AnswerMessage { CallId = Id, Sdp = "v=0" });
    public static readonly CallInput Candidates = Message(new CandidatesMessage { CallId = Id, Candidates = [new("candidate:1", "0", 0)] });
    public static readonly CallInput Up = new ConnectionChanged(Id, MediaConnectionState.Connected);
    public static readonly CallInput End = new EndCommand();
    public static readonly CallInput Linger = new TimerFired(Id, CallTimer.Linger);
    public static readonly CallInput Offer = Message(new OfferMessage { CallId = Id, ChatId = "bob", Sdp = "v=0", Video = true });
    public static readonly CallInput Accept = new AcceptCommand(Video: true);

    /// <summary>All that the caller's machine is told in a call, in order.</summary>
    public static readonly CallInput[] WholeCall = [Start, Opened, Created, Delivered, Candidates, Answer, Candidates, Up, End, Linger];

    public static CallInput Message(CallMessage message) => new MessageReceived(message);

    public static MachineState After(params CallInput[] inputs)
        => inputs.Aggregate(MachineState.Initial, (state, input) => Pure.Step(state, input).State);
}
