using Calls.Media;
using Microsoft.AspNetCore.Components;

namespace Calls.Blazor.Parts;

/// <summary>Microphone, camera and speaker, each to be chosen from a list.</summary>
public sealed partial class CallDevices : IDisposable
{
    private IReadOnlyList<MediaDevice> _all = [];
    private IDisposable? _listening;
    private int _turn;

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

    private IEnumerable<(MediaDevice Device, int Number)> Of(MediaDeviceKind kind) => _all.Where(one => one.Kind == kind).Select((one, at) => (one, at + 1));

    private async Task ChooseAsync(MediaDeviceKind kind, string? id)
    {
        try
        {
            await Devices.ChooseAsync(kind, string.IsNullOrEmpty(id) ? null : id);
        }
        catch (MediaException exception)
        {
            _turn++; // Made anew, the list shows what is chosen and not what was tried.
            await OnFailed.InvokeAsync(exception.Failure);
        }
    }

    private void Show(IReadOnlyList<MediaDevice> all)
    {
        (_all, _turn) = (all, _turn + 1);
        StateHasChanged();
    }
}
