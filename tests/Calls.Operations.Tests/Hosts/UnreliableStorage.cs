using System.Collections.Concurrent;
using Calls.Signaling.Server.Orleans;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Calls.Operations.Tests;

/// <summary>A grain storage in memory that can be away.</summary>
internal sealed class UnreliableStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<(string Name, GrainId Grain), object> _states = new();

    public bool IsAway { get; set; }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Answer();
        grainState.RecordExists = _states.TryGetValue((stateName, grainId), out var state);
        grainState.State = state is T known ? known : Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Answer();
        _states[(stateName, grainId)] = grainState.State!;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Answer();
        _states.TryRemove((stateName, grainId), out _);
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    private void Answer()
    {
        if (IsAway)
            throw new IOException("The storage is away.");
    }
}

internal static class UnreliableStorageRegistration
{
    public static ISiloBuilder AddUnreliableStorage(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<UnreliableStorage>();
        silo.Services.AddKeyedSingleton<IGrainStorage>(CallStorage.Name, (services, _) => services.GetRequiredService<UnreliableStorage>());
        return silo;
    }
}
