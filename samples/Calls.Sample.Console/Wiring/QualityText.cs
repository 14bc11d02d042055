using System.Globalization;
using Calls.Media;
using Spectre.Console;

namespace Calls.Sample.Console.Wiring;

/// <summary>How a connection does, in a few words or as a table.</summary>
internal static class QualityText
{
    /// <summary>One line.</summary>
    public static string Line(MediaStatistics? quality) => quality is null
        ? "-"
        : $"sent {Count(quality.PacketsSent)}, received {Count(quality.PacketsReceived)}, lost {Count(quality.PacketsLost)}, round trip {RoundTrip(quality)}";

    /// <summary>A table with a row for each side.</summary>
    public static Table Table(params (string Name, MediaStatistics? Quality)[] sides)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("", "packets sent", "received", "lost", "round trip");
        foreach (var (name, quality) in sides)
            table.AddRow(name, Count(quality?.PacketsSent), Count(quality?.PacketsReceived), Count(quality?.PacketsLost), RoundTrip(quality));
        return table;
    }

    private static string Count(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";

    private static string RoundTrip(MediaStatistics? quality)
        => quality?.RoundTripTime is { } trip ? string.Create(CultureInfo.InvariantCulture, $"{trip.TotalMilliseconds:0.0} ms") : "-";
}
