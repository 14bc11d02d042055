using System.Reactive.Linq;
using Calls.Media;

namespace Calls.Testing;

/// <summary>The devices of a <see cref="ScriptedMediaSource"/>: two of each kind at first, which a test plugs in and out.</summary>
public sealed class ScriptedDevices : IMediaDevices
{
    private readonly Lock _gate = new();
    private readonly List<MediaDevice> _devices =
        [.. Enum.GetValues<MediaDeviceKind>().SelectMany(kind => new[] { 1, 2 }.Select(number => new MediaDevice(kind, $"{kind}-{number}", $"{kind} {number}")))];

    private readonly Dictionary<MediaDeviceKind, string> _chosen = [];

    internal ScriptedDevices()
    {
        Changed = Observable.FromEvent<IReadOnlyList<MediaDevice>>(heard => Listed += heard, heard => Listed -= heard);
    }

    /// <inheritdoc/>
    public IObservable<IReadOnlyList<MediaDevice>> Changed { get; }

    /// <summary>What choosing fails with; null: it succeeds.</summary>
    public MediaException? Failure { get; set; }

    internal event Action<DeviceReplaced>? Replaced;

    private event Action<IReadOnlyList<MediaDevice>>? Listed;

    /// <inheritdoc/>
    public string? Chosen(MediaDeviceKind kind)
    {
        lock (_gate)
            return _chosen.GetValueOrDefault(kind);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MediaDevice>> ListAsync(CancellationToken cancellationToken = default) => Task.FromResult(List());

    /// <inheritdoc/>
    public Task ChooseAsync(MediaDeviceKind kind, string? id, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (Failure is { } failure)
                return Task.FromException(failure);
            if (id is null)
                _chosen.Remove(kind);
            else if (_devices.Exists(device => device.Kind == kind && device.Id == id))
                _chosen[kind] = id;
            else
                return Task.FromException(new MediaException(MediaFailure.NoDevice, $"There is no {kind} '{id}'."));
        }

        return Task.CompletedTask;
    }

    /// <summary>A device is plugged in.</summary>
    public void Plug(MediaDevice device)
    {
        lock (_gate)
            _devices.Add(device);
        Listed?.Invoke(List());
    }

    /// <summary>A device is unplugged; does nothing where there is none.</summary>
    public void Unplug(MediaDeviceKind kind, string id)
    {
        bool wasChosen;
        lock (_gate)
        {
            if (_devices.RemoveAll(device => device.Kind == kind && device.Id == id) == 0)
                return;
            wasChosen = _chosen.GetValueOrDefault(kind) == id && _chosen.Remove(kind);
        }

        Listed?.Invoke(List());
        if (wasChosen)
            Replaced?.Invoke(new DeviceReplaced(kind, new MediaException(MediaFailure.NoDevice, $"The {kind} '{id}' is gone.")));
    }

    /// <summary>The chosen one, or the first.</summary>
    internal string? Used(MediaDeviceKind kind)
    {
        lock (_gate)
            return _chosen.GetValueOrDefault(kind) ?? _devices.Find(device => device.Kind == kind)?.Id;
    }

    private IReadOnlyList<MediaDevice> List()
    {
        lock (_gate)
            return [.. _devices];
    }
}
