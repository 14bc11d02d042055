using Calls.Media;
using Microsoft.AspNetCore.Components;

namespace Calls.Blazor.Parts;

/// <summary>Microphone, camera and speaker, each to be chosen from a list.</summary>
public sealed partial class CallDevices : IDisposable
{
    private readonly Dictionary<MediaDeviceKind, string> _wished = [];
    private IReadOnlyList<MediaDevice> _all = [];
    private IDisposable? _listening;

    /// <summary>What there is to choose from.</summary>
    [Parameter]
    [EditorRequired]
    public IMediaDevices Devices { get; set; } = default!;

    /// <summary>The sentences to show.</summary>
    [Parameter]
    [EditorRequired]
    public CallTexts Words { get; set; } = default!;

    /// <summary>A device could not be used; what was chosen before is used on.</summary>
    [Parameter]
    public EventCallback<MediaFailure> OnFailed { get; set; }

    private IEnumerable<MediaDeviceKind> Kinds => _all.Select(one => one.Kind).Distinct().Order();

    /// <inheritdoc/>
    public void Dispose() => _listening?.Dispose();

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _listening = Devices.Changed.Subscribe(all => _ = InvokeAsync(() => Show(all)));
        try
        {
            Show(await Devices.ListAsync());
        }
        catch (MediaException exception)
        {
            await OnFailed.InvokeAsync(exception.Failure);
        }
    }

    private IEnumerable<(MediaDevice Device, int Number)> Of(MediaDeviceKind kind)
        => _all.Where(one => one.Kind == kind).DistinctBy(one => one.Id).Select((one, at) => (one, at + 1));

    // What is wished stands there until it is had, or cannot be had: then what is chosen does again. The list is never made anew, which would take its keyboard away.
    private string Shown(MediaDeviceKind kind) => _wished.GetValueOrDefault(kind) ?? Devices.Chosen(kind) ?? "";

    private async Task ChooseAsync(MediaDeviceKind kind, string? id)
    {
        var wish = _wished[kind] = id ?? "";
        try
        {
            await Devices.ChooseAsync(kind, wish.Length == 0 ? null : wish);
        }
        catch (MediaException exception)
        {
            await OnFailed.InvokeAsync(exception.Failure);
        }
        finally
        {
            if (_wished.GetValueOrDefault(kind) == wish)
                _wished.Remove(kind);
        }
    }

    private void Show(IReadOnlyList<MediaDevice> all)
    {
        _all = all;
        StateHasChanged();
    }
}
