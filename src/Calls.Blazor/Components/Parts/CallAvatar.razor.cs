using Microsoft.AspNetCore.Components;

namespace Calls.Blazor.Parts;

/// <summary>A person's initials in a circle, as large as the <c>--avatar</c> property says.</summary>
public sealed partial class CallAvatar
{
    /// <summary>The person.</summary>
    [Parameter]
    [EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>Whether rings go out from the circle.</summary>
    [Parameter]
    public bool IsRinging { get; set; }
}
