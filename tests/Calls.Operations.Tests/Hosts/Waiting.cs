using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;
using Calls.Signaling;

namespace Calls.Operations.Tests;

/// <summary>No wait of a test is endless.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static Task InTime(this Task task) => task.WaitAsync(Limit);

    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Limit);

    public static Task<CallSnapshot> UntilAsync(this CallManager manager, CallState state)
        => manager.Snapshots.FirstAsync(snapshot => snapshot.State == state).ToTask().InTime();

    /// <summary>Waits for the next of a kind, from now on.</summary>
    public static Task<T> NextAsync<T>(this ISignalingChannel channel)
        where T : SignalingMessage
        => channel.Messages.OfType<T>().FirstAsync().ToTask().InTime();

    /// <summary>Alice calls Bob, who accepts; both are connected.</summary>
    public static async Task TalkAsync(CallManager alice, CallManager bob, string to = "bob")
    {
        var ringing = bob.UntilAsync(CallState.IncomingRinging);
        await alice.StartOutgoingAsync(to, video: false).InTime();
        await ringing;
        await bob.AcceptIncomingAsync(video: false).InTime();
        await Task.WhenAll(alice.UntilAsync(CallState.Connected), bob.UntilAsync(CallState.Connected));
    }
}
