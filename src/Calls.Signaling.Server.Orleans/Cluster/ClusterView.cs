using System.Collections.Concurrent;

namespace Calls.Signaling.Server.Orleans;

/// <summary>Which nodes are dead, by Orleans' own membership.</summary>
internal sealed class ClusterView(IClusterMembershipService membership)
{
    private readonly ConcurrentDictionary<string, bool> _gone = new();

    /// <summary>Takes note of a node that is dead, before this node's own view has it.</summary>
    public void NoteGone(string silo) => _gone[silo] = true;

    public async ValueTask<bool> IsGoneAsync(string silo)
    {
        if (_gone.ContainsKey(silo))
            return true;
        var address = SiloAddress.FromParsableString(silo);
        var status = membership.CurrentSnapshot.GetSiloStatus(address);
        if (status == SiloStatus.None)
        {
            // One that has just come, or one so long dead that nobody remembers it.
            await membership.Refresh().ConfigureAwait(false);
            status = membership.CurrentSnapshot.GetSiloStatus(address);
        }

        if (status is not (SiloStatus.Dead or SiloStatus.None))
            return false;
        NoteGone(silo);
        return true;
    }
}
