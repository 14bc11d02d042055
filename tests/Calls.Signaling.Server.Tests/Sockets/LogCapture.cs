using Microsoft.Extensions.Logging;

namespace Calls.Signaling.Server.Tests;

/// <summary>Keeps every line that is logged, with what its exception says, and lets a test wait for one.</summary>
internal sealed class LogCapture : ILoggerProvider
{
    private readonly List<(LogLevel Level, string Category, string Text)> _lines = [];
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];

    public IReadOnlyList<(LogLevel Level, string Category, string Text)> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    /// <summary>Completes when a line that holds <paramref name="text"/> is logged from now on.</summary>
    public Task NextAsync(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lines)
            _awaited.Add((text, seen));
        return seen.Task.WaitAsync(CallSocket.Patience);
    }

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, this);

    public void Dispose()
    {
    }

    private void Add(LogLevel level, string category, string text)
    {
        lock (_lines)
        {
            _lines.Add((level, category, text));
            foreach (var (awaited, seen) in _awaited)
            {
                if (text.Contains(awaited, StringComparison.Ordinal))
                    seen.TrySetResult();
            }
        }
    }

    private sealed class Logger(string category, LogCapture capture) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => capture.Add(logLevel, category, $"{formatter(state, exception)} {exception}");
    }
}
