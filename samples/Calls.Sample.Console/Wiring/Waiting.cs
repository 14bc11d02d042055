using System.Reactive.Linq;
using System.Reactive.Threading.Tasks;

namespace Calls.Sample.Console.Wiring;

/// <summary>Waits for what a call becomes.</summary>
internal static class Waiting
{
    /// <summary>The first snapshot, the current one among them, that is <paramref name="wanted"/>.</summary>
    public static Task<CallSnapshot> UntilAsync(this ICallManager manager, Func<CallSnapshot, bool> wanted, CancellationToken cancellationToken)
        => manager.Snapshots.FirstAsync(wanted).ToTask(cancellationToken);

    /// <summary>Connected, or over.</summary>
    public static Task<CallSnapshot> UntilConnectedOrOverAsync(this ICallManager manager, CancellationToken cancellationToken)
        => manager.UntilAsync(snapshot => snapshot.State == CallState.Connected || !snapshot.IsActive, cancellationToken);

    /// <summary>Over: Ended, Failed, or Idle again.</summary>
    public static Task<CallSnapshot> UntilOverAsync(this ICallManager manager, CancellationToken cancellationToken)
        => manager.UntilAsync(snapshot => !snapshot.IsActive, cancellationToken);
}
