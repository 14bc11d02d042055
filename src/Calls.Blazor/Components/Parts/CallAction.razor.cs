using Microsoft.AspNetCore.Components;

namespace Calls.Blazor.Parts;

/// <summary>A round button with its name below it.</summary>
public sealed partial class CallAction
{
    private ElementReference _button;
    private (string, CallShape, CallTone, bool?, bool, string?) _shown;
    private bool _isNew;

    /// <summary>Its name, which is shown and read aloud.</summary>
    [Parameter]
    [EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>Its drawing.</summary>
    [Parameter]
    [EditorRequired]
    public CallShape Shape { get; set; }

    /// <summary>Its colour.</summary>
    [Parameter]
    public CallTone Tone { get; set; }

    /// <summary>For a switch: whether it is on. Null: it is no switch.</summary>
    [Parameter]
    public bool? IsPressed { get; set; }

    /// <summary>Whether it takes no clicks now.</summary>
    [Parameter]
    public bool IsDisabled { get; set; }

    /// <summary>Its <c>data-testid</c>.</summary>
    [Parameter]
    public string? TestId { get; set; }

    /// <summary>What it does.</summary>
    [Parameter]
    public EventCallback OnClick { get; set; }

    /// <summary>Gives it the keyboard.</summary>
    internal ValueTask FocusAsync() => _button.FocusAsync(preventScroll: true);

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        var shows = (Label, Shape, Tone, IsPressed, IsDisabled, TestId);
        _isNew = shows != _shown;
        _shown = shows;
    }

    /// <summary>Whoever renders makes what a click does anew each time; that alone needs no drawing.</summary>
    protected override bool ShouldRender() => _isNew;

    private Task PressAsync() => OnClick.InvokeAsync();

    private string? Pressed => IsPressed switch
    {
        true => "true",
        false => "false",
        null => null,
    };
}

/// <summary>What a button does, as a colour.</summary>
public enum CallTone
{
    /// <summary>Changes something.</summary>
    Plain,

    /// <summary>Accepts.</summary>
    Accept,

    /// <summary>Declines or hangs up.</summary>
    Danger,
}
