namespace Calls.Signaling.Server.Orleans;

/// <summary>Reads the storage of the calls, to see whether it answers. One a node.</summary>
[Alias("calls.probe")]
internal interface IStorageProbeGrain : IGrainWithStringKey
{
    /// <summary>Reads; throws what the storage throws.</summary>
    [Alias("read"), ResponseTimeout("00:00:02")]
    Task ReadAsync();
}
