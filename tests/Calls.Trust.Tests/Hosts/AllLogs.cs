using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Calls.Trust.Tests;

/// <summary>Every line of server and client, from a level on (by default all), with its scopes' and its exception's text.</summary>
internal sealed class AllLogs(LogLevel lowest = LogLevel.Trace) : ILoggerProvider, ILoggerFactory
{
    private readonly ConcurrentQueue<LogLine> _lines = new();
    private readonly LogLevel _lowest = lowest;

    public IReadOnlyCollection<LogLine> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, this);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    private sealed class Logger(string category, AllLogs logs) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            if (IsEnabled(LogLevel.Information))
                logs._lines.Enqueue(new LogLine(LogLevel.Information, category, $"scope {state}"));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => logLevel >= logs._lowest;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                logs._lines.Enqueue(new LogLine(logLevel, category, $"{formatter(state, exception)} {exception}"));
        }
    }
}

internal sealed record LogLine(LogLevel Level, string Category, string Text);
