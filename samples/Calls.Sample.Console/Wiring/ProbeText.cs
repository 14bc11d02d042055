using System.Globalization;
using System.Text.Json;
using Calls.Media.WebRtc;
using Spectre.Console;

namespace Calls.Sample.Console.Wiring;

/// <summary>What a probe found, for people and for programs.</summary>
internal static class ProbeText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>A table, and below it what to open or change.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<IceServerReport> reports)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("", "server", "reached", "user", "relay", "bytes through it", "round trip", "seen as");
        foreach (var report in reports)
        {
            table.AddRow(
                report.IsGood ? "ok" : "!", Markup.Escape(report.Url), Mark(report.IsReachable), Mark(report.IsAuthenticated),
                Markup.Escape(report.Relayed?.ToString() ?? Mark(report.IsAllocated)), Mark(report.IsRelaying), RoundTrip(report), Markup.Escape(report.Mapped?.ToString() ?? "-"));
        }

        console.Write(table);
        foreach (var report in reports.Where(report => report.Advice is not null))
            console.MarkupLineInterpolated($"[yellow]{report.Url}[/]: {report.Advice}");
    }

    /// <summary>A JSON array with an object for each address.</summary>
    public static string Json(IReadOnlyList<IceServerReport> reports) => JsonSerializer.Serialize(
        reports.Select(report => new
        {
            report.Url, report.IsGood, Problem = JsonNamingPolicy.KebabCaseLower.ConvertName(report.Problem.ToString()), report.Advice, report.IsReachable,
            report.IsAuthenticated, report.IsAllocated, report.IsRelaying, RoundTripMs = report.RoundTripTime?.TotalMilliseconds, Mapped = report.Mapped?.ToString(),
            Relayed = report.Relayed?.ToString(),
        }),
        Indented);

    private static string Mark(bool? done) => done switch
    {
        true => "yes",
        false => "no",
        null => "-",
    };

    private static string RoundTrip(IceServerReport report)
        => report.RoundTripTime is { } trip ? string.Create(CultureInfo.InvariantCulture, $"{trip.TotalMilliseconds:0.0} ms") : "-";
}
