using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Calls.Blazor.Parts;

/// <summary>Moves the keyboard into a dialog when it opens, and back when it closes.</summary>
internal sealed class DialogFocus(IJSRuntime js) : IAsyncDisposable
{
    private readonly PageModule _module = new(js, "./_content/Calls.Blazor/calls-focus.js");
    private Task<IJSObjectReference?>? _entered;

    /// <summary>Called after every render.</summary>
    public async Task FollowAsync(bool isOpen, ElementReference root)
    {
        if (isOpen)
            await (_entered ??= _module.CreateAsync("enter", root));
        else
            await LeaveAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        await _module.DisposeAsync();
    }

    private async Task LeaveAsync()
    {
        if (_entered is not { } entered)
            return;
        _entered = null;
        var handle = await entered;
        await PageModule.CallAsync(handle, "leave");
        await PageModule.ReleaseAsync(handle);
    }
}
