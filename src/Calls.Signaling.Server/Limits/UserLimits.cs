using Microsoft.Extensions.Options;

namespace Calls.Signaling.Server;

/// <summary>The limits that follow a user from connection to connection.</summary>
internal sealed class UserLimits(IOptions<CallSignalingOptions> options, TimeProvider time)
{
    private readonly KeyedRateLimit<string> _messages =
        new(new TokenRate(options.Value.Limits.MessagesPerSecond, options.Value.Limits.MessageBurst), time);

    private readonly KeyedRateLimit<string> _malformed =
        new(Within(TimeSpan.FromMinutes(1), options.Value.Limits.MalformedPerMinute), time);

    private readonly KeyedRateLimit<string> _rings = new(Within(options.Value.Limits.RingWindow, options.Value.Limits.MaxRingsPerUser), time);

    private readonly KeyedRateLimit<(string UserId, string ChatId)> _ringsPerTarget =
        new(Within(options.Value.Limits.RingWindow, options.Value.Limits.MaxRingsPerTarget), time);

    public bool MaySend(string userId, out TimeSpan wait) => _messages.TryTake(userId, out wait);

    /// <summary>The same for a connection of the user.</summary>
    public bool MaySend(QueuedConnection connection, long timestamp, out TimeSpan wait)
        => _messages.TryTake(connection.Party.UserId, timestamp, ref connection.Allowance, out wait);

    /// <summary>The same for what is no message.</summary>
    public bool MaySendMalformed(string userId, out TimeSpan wait)
        => _messages.TryTake(userId, out wait) && _malformed.TryTake(userId, out wait);

    /// <summary>Counted by the chat as the caller names it, before anybody looks who that is: a limit must not tell who exists.</summary>
    public bool MayRing(string userId, string chatId) => _ringsPerTarget.TryTake((userId, chatId), out _) && _rings.TryTake(userId, out _);

    /// <summary>As many in that time in the long run, and as many at once after a rest.</summary>
    private static TokenRate Within(TimeSpan window, int count) => new(count / window.TotalSeconds, count);
}
