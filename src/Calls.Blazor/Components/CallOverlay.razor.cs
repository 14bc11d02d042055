using Microsoft.AspNetCore.Components;

namespace Calls.Blazor;

/// <summary>Everything that may cover an app because of a call: put it once into the layout.</summary>
public sealed partial class CallOverlay
{
    /// <inheritdoc cref="CallComponent.Manager"/>
    [Parameter]
    public ICallManager? Manager { get; set; }

    /// <inheritdoc cref="CallComponent.Texts"/>
    [Parameter]
    public CallTexts? Texts { get; set; }

    /// <inheritdoc cref="CallComponent.NameOf"/>
    [Parameter]
    public Func<CallSnapshot, string?>? NameOf { get; set; }

    /// <summary>Whether calls can be heard: the ringtone of an incoming one, the ringback tone of an outgoing one. Default: yes.</summary>
    [Parameter]
    public bool Ringtone { get; set; } = true;
}
