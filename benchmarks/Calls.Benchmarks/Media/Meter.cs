using System.Diagnostics;
using System.Globalization;

namespace Calls.Benchmarks.Media;

/// <summary>What the process used since it was begun: time, time of the processor, memory.</summary>
internal sealed class Meter
{
    private readonly long _begin = Stopwatch.GetTimestamp();
    private readonly TimeSpan _processor = Processor();
    private readonly long _allocated = GC.GetTotalAllocatedBytes(precise: true);

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_begin);

    public TimeSpan Used => Processor() - _processor;

    public long Allocated => GC.GetTotalAllocatedBytes(precise: true) - _allocated;

    /// <summary>Prints one figure as <c>name=value</c>.</summary>
    public static void Print(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"calls_{name}={value:0.0##}"));

    // Of Process the same costs memory, which would be counted.
    private static TimeSpan Processor() => Environment.CpuUsage.TotalTime;
}
