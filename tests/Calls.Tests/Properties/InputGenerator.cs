using Calls.Machine;
using Calls.Media;
using Calls.Signaling;
using Calls.Tests.Machine;
using CsCheck;

namespace Calls.Tests.Properties;

/// <summary>Any input, for the call that is current or for another: what one property run tells a machine.</summary>
/// <param name="Input">What is told, of a call that need not exist.</param>
/// <param name="Aim">At which call.</param>
internal sealed record Told(CallInput Input, Aim Aim);

internal enum Aim
{
    /// <summary>The current call, and the round and the devices that it waits for.</summary>
    Current,

    /// <summary>The call for which the devices were opened.</summary>
    Devices,

    /// <summary>The call that the input names, which may be over, or never have been.</summary>
    AsItIs,
}

internal static class InputGenerator
{
    private static readonly CallInput[] Inputs = [.. CallTable.Rows.SelectMany(EveryInput.Of)];

    private static readonly MachineState[] Beginnings =
        [MachineState.Initial, .. CallTable.States.SelectMany(EveryInput.WaysTo).Select(run => run.State)];

    /// <summary>The kinds of input that are told.</summary>
    public static IEnumerable<Type> Kinds => Inputs.Select(input => input.GetType()).Distinct();

    public static Gen<MachineState> Beginning { get; } = Gen.OneOf(Beginnings);

    public static Gen<MachineSettings> Settings { get; } = Gen.OneOf(
        MachineRun.Settings,
        MachineRun.Settings with { Capabilities = MediaCapabilities.Video },
        MachineRun.Settings with { Capabilities = MediaCapabilities.Video | MediaCapabilities.Renegotiation, MaxEarlyCandidates = 3 });

    /// <summary>Each kind of input as often as any other, however many variations it has.</summary>
    public static Gen<Told> Any { get; } = Gen.Select(
        Gen.OneOf([.. Inputs.GroupBy(input => input.GetType()).SelectMany(Shares).Select(share => Gen.OneOf(share))]),
        Gen.Frequency((6, Aim.Current), (1, Aim.Devices), (2, Aim.AsItIs)),
        (input, aim) => new Told(input, aim));

    public static CallInput Aimed(Told told, MachineState state)
    {
        if (told.Aim == Aim.AsItIs || state.Call is not { } call)
            return told.Input;
        var id = told.Aim == Aim.Devices ? call.DevicesId : call.Id;
        return told.Input switch
        {
            MessageReceived { Message: OfferMessage } offer => offer,
            MessageReceived { Message: NegotiateMessage negotiate } => new MessageReceived(negotiate with { CallId = id, Round = Round(negotiate, call) }),
            MessageReceived received => new MessageReceived(received.Message with { CallId = id }),
            ErrorReceived { Message.CallId: not null } error => new ErrorReceived(error.Message with { CallId = id }),
            DevicesSet set when set.Failure is null => set with { Id = call.DevicesId, Asked = call.Devices.Wanted, Actual = call.Devices.Wanted },
            DeviceReport report => report with { Id = call.DevicesId },
            MediaFailed failed => failed with { Id = id },
            OfferCreated created => created with { Id = id },
            AnswerCreated created => created with { Id = id },
            LocalCandidates candidates => candidates with { Id = id },
            ConnectionChanged changed => changed with { Id = id },
            NegotiationReported needed => needed with { Id = id },
            DescriptionDelivered delivered => delivered with { Id = id },
            TimerFired timer => timer with { Id = id },
            EndCommand { Only.IsEmpty: false } end => end with { Only = id },
            _ => told.Input,
        };
    }

    /// <summary>Messages have an own share each: there are more kinds of them than of all else.</summary>
    private static IEnumerable<CallInput[]> Shares(IGrouping<Type, CallInput> kind)
        => kind.Key == typeof(MessageReceived)
            ? kind.GroupBy(input => ((MessageReceived)input).Message.GetType()).Select(group => group.ToArray())
            : kind.Key == typeof(ConnectionChanged) || kind.Key == typeof(TimerFired) ? kind.Select(input => new[] { input }) : [[.. kind]];

    private static int Round(NegotiateMessage negotiate, CallData call)
        => negotiate.Kind == NegotiateKind.Offer ? call.Negotiation.Round + 1 : call.Negotiation.Round;
}
