using System.Collections.Concurrent;
using Calls.Signaling.Server;

namespace Calls.Sample.Web.History;

/// <summary>Keeps each user's last calls, in memory. A real app writes a row by <see cref="CallRecord.CallId"/> into its database instead.</summary>
public sealed class CallHistory : ICallLog
{
    private const int Kept = 50;
    private readonly ConcurrentDictionary<string, Queue<CallRecord>> _byUser = new();

    /// <inheritdoc/>
    public ValueTask WriteAsync(CallRecord call, CancellationToken cancellationToken)
    {
        foreach (var user in call.Callees.Select(callee => callee.UserId).Append(call.Caller.UserId).Distinct())
        {
            var calls = _byUser.GetOrAdd(user, _ => new());
            lock (calls)
            {
                calls.Enqueue(call);
                if (calls.Count > Kept)
                    calls.Dequeue();
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>A user's last calls, the newest first, as he may see them.</summary>
    public IReadOnlyList<PastCall> Of(string userId)
    {
        if (!_byUser.TryGetValue(userId, out var calls))
            return [];
        lock (calls)
            return [.. calls.Reverse().Select(call => PastCall.Of(call, userId))];
    }
}

/// <summary>A call as one of its users sees it in his history.</summary>
/// <param name="ChatId">The conversation, as he names it.</param>
/// <param name="IsOutgoing">Whether he made it.</param>
/// <param name="IsMissed">Whether he missed it.</param>
/// <param name="Video">Whether it was a video call.</param>
/// <param name="StartedAt">When it began to ring.</param>
/// <param name="Seconds">How long the two talked.</param>
public sealed record PastCall(string ChatId, bool IsOutgoing, bool IsMissed, bool Video, DateTimeOffset StartedAt, double Seconds)
{
    /// <summary>The call as <paramref name="userId"/> sees it.</summary>
    public static PastCall Of(CallRecord call, string userId)
    {
        var isOutgoing = call.Caller.UserId == userId;
        var chat = isOutgoing ? call.ChatId : call.Callees.First(callee => callee.UserId == userId).ChatId;
        return new PastCall(chat, isOutgoing, call.IsMissedBy(userId), call.Video, call.StartedAt, call.Duration.TotalSeconds);
    }
}
