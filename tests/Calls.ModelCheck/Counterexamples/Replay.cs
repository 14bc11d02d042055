using Calls.Machine;
using Calls.Signaling;

namespace Calls.ModelCheck;

/// <summary>One run, choice by choice.</summary>
internal sealed class Replay
{
    private readonly Model _model;

    public Replay(Model model, bool aliceGreater)
    {
        _model = model;
        World = World.Initial(model.Bounds, aliceGreater);
    }

    public World World { get; private set; }

    public Violation? Violation { get; private set; }

    /// <summary>Lets <paramref name="choices"/> happen, one after another, as long as everything holds.</summary>
    /// <exception cref="InvalidOperationException">One of them cannot happen here: the code has changed since the run was written down.</exception>
    public Replay Do(params Choice[] choices)
    {
        List<Choice> possible = [];
        foreach (var choice in choices)
        {
            ChoicesOf.Fill(_model, World, possible);
            if (!possible.Contains(choice))
                throw new InvalidOperationException($"{choice} cannot happen here.");
            World = Happening.Of(_model, World, choice);
            Violation ??= Invariant.Check(World, ChoicesOf.Fill(_model, World, possible));
        }

        return this;
    }

    /// <summary>What is about to happen, in the world as it is.</summary>
    public string Describe(Choice choice)
    {
        var device = choice.Kind == ChoiceKind.ServerTimer ? World.Devices[0] : World.Devices[choice.Device];
        return choice.Kind switch
        {
            ChoiceKind.ServerTakes or ChoiceKind.DuplicateUp => Name(device.ToServer[0]),
            ChoiceKind.DeviceTakes or ChoiceKind.DuplicateDown => Name(device.FromServer[0]),
            ChoiceKind.MediaSucceeds or ChoiceKind.MediaFails => $"{device.Media!.Queue[0].Order}",
            ChoiceKind.Timer => $"{(CallTimer)choice.Argument}",
            ChoiceKind.ServerTimer => $"{World.Calls[choice.Argument].Timers[choice.Second].Kind} of {World.Calls[choice.Argument].Call.Id}",
            _ => "",
        };
    }

    private static string Name(SignalingMessage message)
    {
        var type = message.GetType().Name.Replace("Message", "", StringComparison.Ordinal);
        var reason = message switch
        {
            EndMessage end => $" ({end.Reason})",
            RejectMessage reject => $" ({reject.Reason})",
            RejectedMessage rejected => $" ({rejected.Reason})",
            NegotiateMessage negotiate => $" ({negotiate.Kind} {negotiate.Round})",
            ErrorMessage error => $" ({error.Code})",
            _ => "",
        };
        return message is CallMessage call ? $"{type} {call.CallId}#{call.Seq}{reason}" : $"{type}{reason}";
    }
}
