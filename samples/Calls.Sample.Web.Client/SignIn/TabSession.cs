using Microsoft.JSInterop;

namespace Calls.Sample.Web.Client.SignIn;

/// <summary>Who this tab is. One a page, on WebAssembly as on Blazor Server.</summary>
public sealed class TabSession(IJSRuntime js) : IAsyncDisposable
{
    private IJSObjectReference? _module;

    /// <summary>The tab; nobody until it is loaded.</summary>
    public Tab Tab { get; private set; } = new(null, null, null);

    /// <summary>Reads the tab's memory.</summary>
    /// <param name="signedIn">Who the page's address signed in; null where it did not.</param>
    public async Task LoadAsync(Tab? signedIn)
        => Tab = await (await ModuleAsync()).InvokeAsync<Tab>("load", signedIn);

    /// <summary>Signs in, or says in one sentence why not.</summary>
    public async Task<string?> SignInAsync(string name)
    {
        var result = await (await ModuleAsync()).InvokeAsync<SignInResult>("signIn", name);
        if (result.Problem is null)
            Tab = new Tab(result.User, result.Name, result.Device);
        return result.Problem;
    }

    /// <summary>Signs out and starts the page anew.</summary>
    /// <param name="tellServer">Whether the server still knows this tab's name.</param>
    public async Task SignOutAsync(bool tellServer = true) => await (await ModuleAsync()).InvokeVoidAsync("signOut", tellServer);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null)
                await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and the module with it.
        }
    }

    private async Task<IJSObjectReference> ModuleAsync() => _module ??= await js.InvokeAsync<IJSObjectReference>("import", "./tab.js");
}
