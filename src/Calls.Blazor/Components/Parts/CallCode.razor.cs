using Microsoft.AspNetCore.Components;

namespace Calls.Blazor.Parts;

/// <summary>The code that two people compare: four pictures, and on demand what they are called and what they are for.</summary>
public sealed partial class CallCode
{
    /// <summary>The code.</summary>
    [Parameter, EditorRequired]
    public VerificationCode Code { get; set; } = default!;

    /// <summary>The other side.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>The words.</summary>
    [Parameter, EditorRequired]
    public CallTexts Words { get; set; } = default!;
}
