using System.Diagnostics;
using System.Text.Json;
using Calls.Media.WebRtc;
using Calls.Signaling;

namespace Calls.Benchmarks.Media;

/// <summary>A process of its own that has the other ends of calls: what a server pays for its own ends shows then. The two talk in lines, one message each.</summary>
internal sealed class FarEnds : IDisposable
{
    /// <summary>What makes a process the far one.</summary>
    public const string Argument = "far-ends";

    private readonly Dictionary<int, EngineEnd> _ends = [];
    private readonly Process _process;

    private FarEnds(Process process) => _process = process;

    /// <summary>Starts the process.</summary>
    public static FarEnds Start()
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[typeof(FarEnds).Assembly.Location, "--media", Argument])
            start.ArgumentList.Add(argument);
        FarEnds far = new(Process.Start(start)!);
        _ = far.HearAsync();
        return far;
    }

    /// <summary>Is the far process, until its input ends.</summary>
    public static async Task RunAsync(WebRtcMediaSource source)
    {
        Dictionary<int, EngineEnd> ends = [];
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var (call, offer, candidates) = JsonSerializer.Deserialize<Line>(line)!;
            if (offer is not null)
            {
                var end = ends[call] = await EngineEnd.OpenAsync(source);
                end.Begin(gathered => Write(Console.Out, new Line(call, null, gathered)));
                Write(Console.Out, new Line(call, await end.Session.AnswerOfferAsync(offer), null));
            }

            if (candidates is not null)
                await ends[call].Session.AddCandidatesAsync(candidates);
        }
    }

    /// <summary>Connects an end of this process with a new one there.</summary>
    public async Task ConnectAsync(int call, EngineEnd end)
    {
        lock (_ends)
            _ends[call] = end;
        var offer = await end.Session.CreateOfferAsync();
        Write(_process.StandardInput, new Line(call, offer, null));
        end.Begin(gathered => Write(_process.StandardInput, new Line(call, null, gathered)));
        await end.Connected.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task HearAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var (call, answer, candidates) = JsonSerializer.Deserialize<Line>(line)!;
            EngineEnd end;
            lock (_ends)
                end = _ends[call];
            if (answer is not null)
                await end.Session.TakeAnswerAsync(answer);
            if (candidates is not null)
                await end.Session.AddCandidatesAsync(candidates);
        }
    }

    private static void Write(TextWriter to, Line line)
    {
        var text = JsonSerializer.Serialize(line);
        lock (to)
        {
            to.WriteLine(text);
            to.Flush();
        }
    }

    private sealed record Line(int Call, string? Description, IReadOnlyList<IceCandidate>? Candidates);
}
