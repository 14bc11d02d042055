using Microsoft.JSInterop;

namespace Calls.Blazor.Parts;

/// <summary>A JavaScript module that adds something to a component which works without it too, so nothing here throws when the page is gone.</summary>
internal sealed class PageModule(IJSRuntime js, string path) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;

    public async Task<IJSObjectReference?> CreateAsync(string function, params object?[] arguments)
    {
        try
        {
            var module = await (_module ??= js.InvokeAsync<IJSObjectReference>("import", path).AsTask());
            return await module.InvokeAsync<IJSObjectReference>(function, arguments);
        }
        catch (Exception exception) when (IsHarmless(exception))
        {
            return null;
        }
    }

    public static async Task CallAsync(IJSObjectReference? target, string function, params object?[] arguments)
    {
        if (target is null)
            return;
        try
        {
            await target.InvokeVoidAsync(function, arguments);
        }
        catch (Exception exception) when (IsHarmless(exception))
        {
            // The page is gone, and what was to be changed with it.
        }
    }

    public static async Task ReleaseAsync(IJSObjectReference? target)
    {
        if (target is null)
            return;
        try
        {
            await target.DisposeAsync();
        }
        catch (Exception exception) when (IsHarmless(exception))
        {
            // The page is gone.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_module is null)
            return;
        try
        {
            await ReleaseAsync(await _module);
        }
        catch (Exception exception) when (IsHarmless(exception))
        {
            // It was never loaded.
        }
    }

    private static bool IsHarmless(Exception exception)
        => exception is JSException or JSDisconnectedException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;
}
