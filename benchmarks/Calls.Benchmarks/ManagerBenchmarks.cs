using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging;

namespace Calls.Benchmarks;

/// <summary>
/// A whole call through two managers, signaling in memory and scripted media, for one pair and for many at once. With logging off, and with a logger that
/// takes Information and throws it away.
/// </summary>
[MemoryDiagnoser]
public class ManagerBenchmarks
{
    private const int Times = 512;

    private ILoggerFactory _logging = null!;
    private CallPair[] _pairs = [];

    [Params(LogLevel.None, LogLevel.Information)]
    public LogLevel Logging { get; set; }

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _logging = LoggerFactory.Create(logging => logging.SetMinimumLevel(Logging).AddProvider(new DiscardingProvider()));
        _pairs = [.. Enumerable.Range(0, 16).Select(_ => new CallPair(_logging))];
        await Task.WhenAll(_pairs.Select(pair => pair.ConnectAsync()));
    }

    [Benchmark(OperationsPerInvoke = Times)]
    public Task OnePair() => _pairs[0].CallAsync(Times);

    [Benchmark(OperationsPerInvoke = Times)]
    public Task SixteenPairs() => Task.WhenAll(_pairs.Select(pair => pair.CallAsync(Times / _pairs.Length)));

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        foreach (var pair in _pairs)
            await pair.DisposeAsync();
        _logging.Dispose();
    }
}
