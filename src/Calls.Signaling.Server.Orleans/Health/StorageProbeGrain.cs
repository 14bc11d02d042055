using Orleans.Placement;

namespace Calls.Signaling.Server.Orleans;

/// <inheritdoc cref="IStorageProbeGrain"/>
[GrainType("calls-probe"), PreferLocalPlacement]
internal sealed class StorageProbeGrain([PersistentState("probe", CallStorage.Name)] IPersistentState<StoredDocument> store) : Grain, IStorageProbeGrain
{
    public Task ReadAsync() => store.ReadStateAsync();
}
