using Microsoft.Extensions.Logging;

namespace Calls.Benchmarks;

/// <summary>Formats what it is given, as any log does, and throws it away.</summary>
internal sealed class DiscardingProvider : ILoggerProvider, ILogger
{
    private long _length;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => Interlocked.Add(ref _length, formatter(state, exception).Length);

    public void Dispose()
    {
    }
}
