using Calls.Load;

// Without arguments: every figure, one name=value a line. --orleans: those of two servers that are one. --hold 20000: that many signed-in users, each of whom starts a call in turn.
// --ratios: routed messages beside bare echoes, without the rest. --calls: whole calls in several ways. --flood: what honest users feel of ten times as much garbage.
// The tool starts itself again as server (serve) and as generator (drive).
try
{
    return args switch
    {
        ["serve", var kind, .. var rest] => await LoadServer.RunAsync(kind, rest),
        ["drive", var load, var size, var warmUp, .. var servers] => await Generator.RunAsync(
            load, Number(size), TimeSpan.FromSeconds(Number(warmUp)), [.. servers.Select(server => new Uri(server))]),
        ["--flood"] => await FloodFigures.PrintAsync(),
        ["--ratios"] => await RatioFigures.PrintAsync(),
        ["--calls"] => await Figures.CallsAsync(),
        ["--orleans"] => await ClusterFigures.PrintAsync(),
        ["--hold", var users] => await Figures.HoldAsync(Number(users)),
        [] => await Figures.PrintAsync(),
        _ => Figures.Usage(),
    };
}
catch (InvalidOperationException failure)
{
    await Console.Error.WriteLineAsync($"Not measured: {failure.Message}");
    return 1;
}

static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
