using Calls.Media;

namespace Calls.Testing.Tests;

/// <summary>The list of scripted devices with one flaw.</summary>
internal sealed class FlawedDevices(IMediaDevices sound, MediaFlaw flaw) : IMediaDevices
{
    public event Action? HasChosen;

    public IObservable<IReadOnlyList<MediaDevice>> Changed => sound.Changed;

    public string? Chosen(MediaDeviceKind kind) => sound.Chosen(kind);

    public async Task<IReadOnlyList<MediaDevice>> ListAsync(CancellationToken cancellationToken = default)
    {
        var all = await sound.ListAsync(cancellationToken);
        return flaw is MediaFlaw.Each_device_is_listed_once ? [.. all, all[0]] : all;
    }

    public async Task ChooseAsync(MediaDeviceKind kind, string? id, CancellationToken cancellationToken = default)
    {
        try
        {
            await sound.ChooseAsync(kind, id, cancellationToken);
            HasChosen?.Invoke();
        }
        catch (MediaException) when (flaw is MediaFlaw.A_device_that_is_not_there_is_refused)
        {
            // As if it were there.
        }
    }
}
