using System.Diagnostics;

namespace Calls.Signaling.Server.Tests;

/// <summary>People who must look alike to whoever calls them: who is absent, who does not exist, who has blocked the caller.</summary>
/// <param name="slowKind">For whom it is looked longer: what must not be.</param>
internal sealed class Lookalikes(string? slowKind = null) : ICallDirectory
{
    public const string Absent = "absent", Unknown = "unknown", Blocking = "blocking", BlockingAndOnline = "blocking-and-online";

    private static readonly TimeSpan Longer = TimeSpan.FromMilliseconds(2);

    public async ValueTask<IReadOnlyList<CallMember>> GetMembersAsync(string callerId, string chatId, CancellationToken cancellationToken)
    {
        if (slowKind is not null && chatId.StartsWith(slowKind, StringComparison.Ordinal))
            await Task.Delay(Longer, TimeProvider.System, cancellationToken);
        return chatId switch
        {
            _ when chatId.StartsWith(Unknown, StringComparison.Ordinal) => [],
            _ when chatId.StartsWith(Blocking, StringComparison.Ordinal) => [new CallMember(chatId, callerId, MayRing: false)],
            _ => [new CallMember(chatId, callerId)],
        };
    }

    /// <summary>What a host must allow, so that one caller may ring as often as this is measured.</summary>
    public static void Allow(CallSignalingOptions options)
    {
        options.RingTimeout = TimeSpan.FromSeconds(1);
        options.ResumeWindow = TimeSpan.FromSeconds(1);
        options.Limits.MessagesPerSecond = options.Limits.MessageBurst = 100_000;
        options.Limits.MaxCallsPerUser = 10_000;
        options.Limits.MaxRingsPerTarget = 10_000;
        options.Limits.MaxRingsPerUser = 100_000;
    }
}

/// <summary>Somebody who calls, and has a clock in his hand.</summary>
internal sealed class Stopwatcher(CallSocket socket)
{
    private readonly Dictionary<CallId, TaskCompletionSource<long>> _ends = [];
    private TaskCompletionSource<long> _pong = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Reads what comes, and when; until the connection is gone.</summary>
    public async Task ReadAsync()
    {
        while (true)
        {
            var message = await socket.NextAsync();
            var at = Stopwatch.GetTimestamp();
            if (message is PongMessage)
                Volatile.Read(ref _pong).SetResult(at);
            else if (message is NoAnswerMessage { CallId: var id })
                EndOf(id).SetResult(at);
            else
                message.Should().BeNull("nothing else comes");
        }
    }

    /// <summary>Calls; returns how long the server took until it heard the next message, and the time of the end.</summary>
    public async Task<(double First, Task<double> End)> CallAsync(string target)
    {
        var id = CallId.New();
        var end = EndOf(id);
        var began = Stopwatch.GetTimestamp();
        await socket.SendAsync(new InitiateMessage { CallId = id, Seq = 1, ChatId = target, Sdp = "offer" });
        var first = Milliseconds(began, await PingAsync());

        // What this one has left to do is no business of the next one's.
        await PingAsync();
        return (first, EndAsync());

        async Task<double> EndAsync() => Milliseconds(began, await end.Task.WaitAsync(CallSocket.Patience));
    }

    private async Task<long> PingAsync()
    {
        var pong = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _pong, pong);
        await socket.SendAsync(new PingMessage());
        return await pong.Task.WaitAsync(CallSocket.Patience);
    }

    private TaskCompletionSource<long> EndOf(CallId id)
    {
        lock (_ends)
        {
            if (!_ends.TryGetValue(id, out var end))
                _ends.Add(id, end = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
            return end;
        }
    }

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
}
