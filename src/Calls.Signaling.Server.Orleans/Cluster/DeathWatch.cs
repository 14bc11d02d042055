using Microsoft.Extensions.Hosting;

namespace Calls.Signaling.Server.Orleans;

/// <summary>Wakes the calls of this node's connections when a node has died.</summary>
internal sealed class DeathWatch(IClusterMembershipService membership, ClusterView cluster, ClusterCalls calls) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        HashSet<SiloAddress> dead = [];
        var isFirst = true;
        try
        {
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken).ConfigureAwait(false))
            {
                foreach (var member in snapshot.Members.Values)
                {
                    if (member.Status != SiloStatus.Dead || !dead.Add(member.SiloAddress))
                        continue;
                    var silo = member.SiloAddress.ToParsableString();
                    cluster.NoteGone(silo);
                    if (!isFirst)
                        _ = calls.WakeAsync(silo, stoppingToken);
                }

                isFirst = false;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
