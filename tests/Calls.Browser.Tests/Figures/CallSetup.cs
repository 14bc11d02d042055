using System.Globalization;
using Calls.Browser.Tests.Harness;

namespace Calls.Browser.Tests.Figures;

/// <summary>How long a video call takes from the click to <c>connected</c> and to the first remote frame: the C# client against the plain
/// JavaScript client, on the same server, in turns, so that whatever else the machine does meets both. Both callees accept by themselves.</summary>
public static class CallSetup
{
    private const int Runs = 20;
    private const int WarmUps = 2;

    /// <summary>Measures, and writes one <c>name=value</c> a line.</summary>
    public static async Task MeasureAsync(TextWriter output)
    {
        var stage = new Stage();
        await stage.InitializeAsync();
        try
        {
            // Ten rings a minute at one person are enough for people, and too few here.
            await using var cast = await new Cast(stage).OnAsync("--Signaling:Limits:MaxRingsPerTarget=1000", "--Signaling:Limits:MaxRingsPerUser=1000");
            var callee = await cast.PersonAsync("callee");
            var caller = await cast.PersonAsync("caller");
            var plainCallee = await cast.PlainAsync("plaincallee");
            var plainCaller = await cast.PlainAsync("plaincaller", calls: plainCallee);
            await Cast.MeetAsync(caller, callee);
            foreach (var page in new[] { callee, plainCallee })
                await page.Page.EvaluateAsync("probe.autoAccept = true");

            List<Figure> csharp = [], plain = [];
            for (var run = -WarmUps; run < Runs; run++)
            {
                var one = await CallAsync(caller, callee, $"call-video-{callee.User}");
                var other = await CallAsync(plainCaller, plainCallee, "call-video");
                if (run < 0)
                    continue;
                csharp.Add(one);
                plain.Add(other);
            }

            Write(output, csharp, plain);
        }
        finally
        {
            await stage.DisposeAsync();
        }
    }

    private static async Task<Figure> CallAsync(CallPage caller, CallPage callee, string button)
    {
        await caller.Page.EvaluateAsync("probe.reset()");
        await callee.Page.EvaluateAsync("probe.reset()");
        await caller.PressAsync(button);
        await caller.WaitAsync("() => probe.connectedAt > 0 && probe.firstFrameAt > 0");
        await callee.WaitAsync("() => probe.connectedAt > 0 && probe.firstFrameAt > 0");
        var times = await caller.AskAsync<double[]>("[probe.connectedAt - probe.calledAt, probe.firstFrameAt - probe.calledAt]");
        await caller.PressAsync("hang-up");
        foreach (var page in new[] { caller, callee })
            await page.WaitAsync("() => probe.peers.every(peer => peer.connectionState === 'closed') && probe.byTestId('call-state').textContent === 'ended'");
        return new Figure(times[0], times[1]);
    }

    private static void Write(TextWriter output, List<Figure> csharp, List<Figure> plain)
    {
        double connected = Median(csharp.Select(one => one.Connected)), plainConnected = Median(plain.Select(one => one.Connected));
        double frame = Median(csharp.Select(one => one.FirstFrame)), plainFrame = Median(plain.Select(one => one.FirstFrame));
        Line("runs", Runs);
        Line("connected_csharp_ms", connected);
        Line("connected_plain_ms", plainConnected);
        Line("first_frame_csharp_ms", frame);
        Line("first_frame_plain_ms", plainFrame);
        Line("ratio_connected", connected / plainConnected);
        Line("ratio_first_frame", frame / plainFrame);

        void Line(string name, double value) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}={value:0.###}"));
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private sealed record Figure(double Connected, double FirstFrame);
}
