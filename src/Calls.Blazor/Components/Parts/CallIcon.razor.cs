using Microsoft.AspNetCore.Components;

namespace Calls.Blazor.Parts;

/// <summary>One of the drawings that the buttons wear; decoration for the eye, never read aloud.</summary>
public sealed partial class CallIcon
{
    private CallShape? _drawn;

    /// <summary>Which one.</summary>
    [Parameter]
    [EditorRequired]
    public CallShape Shape { get; set; }

    /// <summary>A button that changes keeps its drawing.</summary>
    protected override bool ShouldRender() => _drawn != Shape;

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => _drawn = Shape;
}

/// <summary>The drawings.</summary>
public enum CallShape
{
    /// <summary>A handset.</summary>
    Phone,

    /// <summary>A handset on the hook.</summary>
    HangUp,

    /// <summary>A camera.</summary>
    Camera,

    /// <summary>A camera, struck out.</summary>
    CameraOff,

    /// <summary>A microphone.</summary>
    Microphone,

    /// <summary>A microphone, struck out.</summary>
    MicrophoneOff,

    /// <summary>A triangle.</summary>
    Play,

    /// <summary>A cross.</summary>
    Close,

    /// <summary>A screen with an arrow out of it.</summary>
    Screen,

    /// <summary>Two bars.</summary>
    Pause,

    /// <summary>Two sliders.</summary>
    Devices,

    /// <summary>A tick.</summary>
    Check,

    /// <summary>Three dots.</summary>
    Wait,
}
