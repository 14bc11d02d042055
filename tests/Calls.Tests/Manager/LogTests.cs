using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Calls.Tests.Manager;

public class LogTests
{
    [Fact]
    public async Task Nothing_at_information_or_above_holds_a_description_or_a_user()
    {
        var log = new Capture(LogLevel.Information);
        await CallAsync(log);
        log.Lines.Should().NotBeEmpty();
        log.Lines.Should().NotContain(line => line.Contains("secret") || line.Contains("offer-sdp"));
    }

    [Theory]
    [InlineData(LogLevel.None, 0)]
    [InlineData(LogLevel.Critical, 0)]
    [InlineData(LogLevel.Warning, 1)]
    public async Task Nothing_is_given_to_a_logger_whose_level_is_off(LogLevel least, int lines)
    {
        var log = new Capture(least);
        await CallAsync(log);
        log.Lines.Should().HaveCount(lines);
    }

    private static async Task CallAsync(Capture log)
    {
        var channel = new ScriptedChannel();
        var media = new ScriptedMedia();
        await using var manager = new CallManager(channel, media, null, new FakeTimeProvider(), log);
        await manager.StartOutgoingAsync("secret-bob", video: true);
        channel.Receive(new Calls.Signaling.ErrorMessage { Code = "rate-limited", Message = "secret-bob", CallId = manager.Current.CallId });
        channel.Receive(new Calls.Signaling.OfferMessage
        {
            CallId = CallId.New(), ChatId = "secret-carol", Sdp = "secret-sdp", From = new("secret-carol", "secret-device"),
        });
        await manager.EndAsync();
    }

    private sealed class Capture(LogLevel least) : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => Lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
