using Microsoft.AspNetCore.Components;

namespace Calls.Blazor;

/// <summary>Starts a voice or a video call with the other members of a chat. Off while a call is under way.</summary>
public sealed partial class CallButtons
{
    /// <summary>The conversation, 1–256 characters.</summary>
    [Parameter]
    [EditorRequired]
    public string ChatId { get; set; } = "";

    /// <summary>What the chat is called, for screen readers and tooltips. Default: its id.</summary>
    [Parameter]
    public string? ChatName { get; set; }

    /// <summary>Whether the buttons are off for a reason of the host's own.</summary>
    [Parameter]
    public bool Disabled { get; set; }

    private string Label => ChatName ?? ChatId;

    private bool IsOff => Disabled || Snapshot.IsActive;

    private protected override bool Matters(CallSnapshot before, CallSnapshot next)
    {
        return before.IsActive != next.IsActive;
    }

    private Task StartAsync(bool video) => RunAsync(() => Calls.StartOutgoingAsync(ChatId, video));
}
