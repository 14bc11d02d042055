using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;

namespace Calls.Trust.Tests;

/// <summary>No wait of a test is endless.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static Task InTime(this Task task) => task.WaitAsync(Limit);

    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Limit);

    public static Task InTime(this ValueTask task) => task.AsTask().WaitAsync(Limit);

    public static Task<CallSnapshot> UntilAsync(this CallManager manager, CallState state)
        => manager.UntilAsync(snapshot => snapshot.State == state);

    public static Task<CallSnapshot> UntilAsync(this CallManager manager, Func<CallSnapshot, bool> holds)
        => manager.Snapshots.FirstAsync(holds).ToTask().InTime();

    /// <summary>Waits for the next of a kind, from now on.</summary>
    public static Task<T> NextAsync<T>(this ISignalingChannel channel)
        where T : SignalingMessage
        => channel.Messages.OfType<T>().FirstAsync().ToTask().InTime();

    public static Task<ChannelStatus> UntilAsync(this ISignalingChannel channel, ChannelState state)
        => channel.Status.FirstAsync(status => status.State == state).ToTask().InTime();
}
