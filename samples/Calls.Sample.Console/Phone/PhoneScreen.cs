using Calls.Sample.Console.Wiring;
using Calls.Signaling;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Calls.Sample.Console.Phone;

/// <summary>Draws the phone: a pure function of what it shows.</summary>
internal static class PhoneScreen
{
    private const int MostPeople = 12;

    /// <summary>The whole picture.</summary>
    public static IRenderable Draw(PhoneView view)
    {
        Rows rows = new(
            new Markup($"[bold]{Markup.Escape(view.User)}[/]  [grey]{Markup.Escape(Status(view.Signaling))}[/]"),
            new Panel(Call(view)).Header(view.Call.State.ToWireName()).Expand(),
            People(view),
            new Markup(view.Trouble is { } trouble ? $"[yellow]{Markup.Escape(trouble)}[/]" : " "),
            new Markup(string.Join("   ", PhoneKeys.Shown(view.Call).Select(key => $"[bold]{key.Label}[/] {key.Does}"))));
        return rows;
    }

    private static Rows Call(PhoneView view)
    {
        var (call, name) = (view.Call, view.Call.Peer?.Name ?? view.Call.ChatId ?? "somebody");
        List<string> lines = call.State switch
        {
            CallState.Outgoing => [call.IsPeerRinging ? $"It rings at {name} …" : $"Calling {name} …"],
            CallState.IncomingRinging => [$"{name} calls{(call.IsVideoCall ? " with video" : "")}"],
            CallState.Connecting => [$"Connecting with {name} …"],
            CallState.Connected => [$"{name}  {view.Now - (call.ConnectedAt ?? view.Now):mm\\:ss}", Details(call), Code(call), QualityText.Line(view.Quality)],
            _ => [view.LastEnd is { } end ? $"Last call: {EndTexts.Of(end)}" : "No call"],
        };
        return new Rows(lines.Where(line => line.Length > 0).Select(line => new Text(line)));
    }

    private static string Code(CallSnapshot call) => call.VerificationCode is { } code ? $"Nobody listens if {call.Peer?.Name ?? "the other side"} reads: {CodeText.Of(code)}" : "";

    private static string Details(CallSnapshot call)
    {
        IEnumerable<(bool Is, string Words)> all =
        [
            (call.IsReconnecting, "reconnecting"), (call.IsMuted, "muted"), (call.IsOnHold, "on hold"), (call.IsPeerMuted, "the other side is muted"),
            (call.IsPeerHolding, "held by the other side"),
        ];
        return string.Join(", ", all.Where(one => one.Is).Select(one => one.Words));
    }

    private static Rows People(PhoneView view)
    {
        if (view.People.Count == 0)
            return new Rows(new Markup("[grey]Nobody else is online.[/]"));
        var first = Math.Clamp(view.Chosen - MostPeople / 2, 0, Math.Max(0, view.People.Count - MostPeople));
        return new Rows(view.People.Skip(first).Take(MostPeople).Select((person, i)
            => new Markup(first + i == view.Chosen ? $"[invert]> {Markup.Escape(person.Name)}[/]" : $"  {Markup.Escape(person.Name)}")));
    }

    private static string Status(ChannelStatus? status) => status?.State.ToString().ToLowerInvariant() ?? "";
}
