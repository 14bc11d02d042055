using System.Globalization;
using System.Text;

namespace Calls.ModelCheck;

/// <summary>A run as a sequence diagram in plain text: the devices and the server side by side, one step a line.</summary>
internal static class Diagram
{
    private const int Width = 30;

    public static string Of(Model model, Findings findings)
    {
        var replay = new Replay(model, findings.AliceGreater);
        var server = model.Bounds.BobDevices + 1;
        var text = new StringBuilder("     ");
        for (var i = 0; i < server; i++)
            text.Append(Names.Title(i).PadRight(Width));
        text.AppendLine("server");
        var step = 0;
        foreach (var choice in findings.Path)
        {
            var at = choice.Kind == ChoiceKind.ServerTimer ? server : choice.Device;
            var described = $"{Verb(choice.Kind)} {replay.Describe(choice)}".TrimEnd();
            replay.Do(choice);
            if (at < server && replay.World.Devices[at].State is var state)
                described += $" [{state.State}]";
            text.Append(string.Create(CultureInfo.InvariantCulture, $"{++step,3}  "));
            text.Append(' ', at * Width).AppendLine(described);
        }

        return text.ToString();
    }

    private static string Verb(ChoiceKind kind) => kind switch
    {
        ChoiceKind.ServerTakes => "──►",
        ChoiceKind.DeviceTakes => "◄──",
        ChoiceKind.ServerNotices => "(server sees it gone)",
        ChoiceKind.Reconnect => "reconnects",
        ChoiceKind.MediaSucceeds => "done:",
        ChoiceKind.MediaFails => "fails:",
        ChoiceKind.CandidatesGathered => "candidates gathered",
        ChoiceKind.LinkConnects => "link up",
        ChoiceKind.LinkDisconnects => "link silent",
        ChoiceKind.LinkFails => "link failed",
        ChoiceKind.LinkDies => "✂ link failed for good",
        ChoiceKind.Timer or ChoiceKind.ServerTimer => "⏰",
        ChoiceKind.Lose => "✂ connection lost",
        ChoiceKind.DuplicateDown or ChoiceKind.DuplicateUp => "✂ twice:",
        ChoiceKind.Push => "✂ offer by push",
        ChoiceKind.ForgeAnswer => "✂ forged answer",
        ChoiceKind.ForgeNegotiate => "✂ forged negotiation",
        ChoiceKind.AnswerOwnCall => "✂ answers its own call",
        _ => $"★ {kind}",
    };
}
