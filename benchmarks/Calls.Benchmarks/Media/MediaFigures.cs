using System.Diagnostics;
using Calls.Media.WebRtc;

namespace Calls.Benchmarks.Media;

/// <summary>
/// The managed engine against itself on loopback: setting up, many at once, voice, and the packets' way. Prints one <c>name=value</c> a line; other engines print the
/// same in <c>benchmarks/media</c>.
/// </summary>
internal static class MediaFigures
{
    private const int Warm = 50;
    private const int Crowd = 50;
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(10);

    /// <param name="what"><c>setup</c>, <c>voice</c> (or <c>voice-g711</c>, <c>voice-narrow</c>, <c>voice-apart</c>, <c>voice-opus</c>), <c>packets</c>; empty: all.</param>
    /// <param name="times">How many are set up one after another.</param>
    public static async Task RunAsync(string what, int times)
    {
        if (what is FarEnds.Argument)
            await FarEnds.RunAsync(Source(opus: false, () => new Murmur(isNarrow: false)));
        if (what is "" or "setup")
            await SetUpAsync(times);
        if (what is "" or "voice" or "voice-g711")
            await VoiceAsync("g711", opus: false);
        if (what is "" or "voice" or "voice-narrow")
            await VoiceAsync("g711_of_8_khz", opus: false, isNarrow: true);
        if (what is "" or "voice" or "voice-apart")
            await VoiceApartAsync();
        if (what is "" or "voice" or "voice-opus")
            await VoiceAsync("opus", opus: true);

        if (what is "" or "packets")
        {
            await PacketFigures.RunAsync("audio", payload: 160);
            await PacketFigures.RunAsync("video", payload: 1100);
        }
    }

    private static WebRtcMediaSource Source(bool opus = true, Func<IAudioInput>? microphone = null) => new(new()
    {
        Microphone = _ => new(microphone?.Invoke() ?? new SilenceInput()),
        Loudspeaker = () => new SilenceOutput(),
        IncludeLoopback = true,
        Opus = opus,
    });

    private static async Task SetUpAsync(int times)
    {
        var source = Source();
        for (var i = 0; i < Warm; i++)
            await SetUpOneAsync(source);
        Meter meter = new();
        List<double> took = [];
        for (var i = 0; i < times; i++)
            took.Add((await SetUpOneAsync(source)).TotalMilliseconds);
        var (used, allocated) = (meter.Used, meter.Allocated);
        took.Sort();
        Meter.Print("setup_p50_ms", took[took.Count / 2]);
        Meter.Print("setup_p99_ms", took[took.Count * 99 / 100]);
        Meter.Print("setup_max_ms", took[^1]);
        Meter.Print("setup_cpu_ms", used.TotalMilliseconds / times);
        Meter.Print("setup_allocated_kb", allocated / 1024.0 / times);

        meter = new();
        var all = Enumerable.Range(0, Crowd).Select(_ => SetUpOneAsync(source)).ToArray();
        await Task.WhenAll(all).ContinueWith(_ => { }, TaskScheduler.Default);
        Meter.Print($"{Crowd}_at_once_ms", meter.Elapsed.TotalMilliseconds);
        Meter.Print($"{Crowd}_at_once_failed", all.Count(one => !one.IsCompletedSuccessfully));
    }

    private static async Task<TimeSpan> SetUpOneAsync(WebRtcMediaSource source)
    {
        await using var pair = await EnginePair.OpenAsync(source);
        var begin = Stopwatch.GetTimestamp();
        await pair.ConnectAsync();
        return Stopwatch.GetElapsedTime(begin);
    }

    private static async Task VoiceAsync(string codec, bool opus, bool isNarrow = false)
    {
        var source = Source(opus, () => new Murmur(isNarrow));
        var threadsBefore = Threads();
        List<EnginePair> calls = [];
        for (var i = 0; i < Crowd; i++)
        {
            var pair = await EnginePair.OpenAsync(source);
            calls.Add(pair);
            await pair.ConnectAsync();
        }

        await TalkAsync($"{Crowd}_{codec}_calls", threadsBefore, () => ReceivedAsync(calls));
        foreach (var call in calls)
            await call.DisposeAsync();
    }

    private static async Task VoiceApartAsync()
    {
        var source = Source(opus: false, () => new Murmur(isNarrow: false));
        var threadsBefore = Threads();
        using var far = FarEnds.Start();
        List<EngineEnd> ends = [];
        for (var i = 0; i < Crowd; i++)
        {
            ends.Add(await EngineEnd.OpenAsync(source));
            await far.ConnectAsync(i, ends[i]);
        }

        await TalkAsync($"{Crowd}_g711_ends_of_calls_with_another_process", threadsBefore, async () => (await Task.WhenAll(ends.Select(end => end.ReceivedAsync()))).Sum());
        foreach (var end in ends)
            await end.DisposeAsync();
    }

    private static async Task TalkAsync(string name, int threadsBefore, Func<Task<long>> count)
    {
        await Task.Delay(TimeSpan.FromSeconds(12), TimeProvider.System); // Until handshake threads have left, and the code is compiled.
        var received = await count();
        Meter meter = new();
        await Task.Delay(Talk, TimeProvider.System);
        var (elapsed, used, allocated) = (meter.Elapsed, meter.Used, meter.Allocated);
        received = await count() - received;
        Meter.Print($"{name}_core_percent", 100 * used / elapsed);
        Meter.Print($"{name}_packets_per_s", received / elapsed.TotalSeconds);
        Meter.Print($"{name}_bytes_per_packet", (double)allocated / received);
        Meter.Print($"{name}_more_threads", Threads() - threadsBefore);
    }

    private static async Task<long> ReceivedAsync(List<EnginePair> calls)
    {
        long sum = 0;
        foreach (var call in calls)
            sum += await call.ReceivedAsync();
        return sum;
    }

    private static int Threads()
    {
        using var process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }
}
