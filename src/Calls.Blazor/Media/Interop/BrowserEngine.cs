using System.Text.Json;
using Calls.Media;
using Microsoft.JSInterop;

namespace Calls.Blazor.Interop;

/// <summary>
/// The module <c>calls-media.js</c> as C# sees it: loaded when it is first needed, asynchronous only, and every failure of the way there is
/// one <see cref="MediaException"/>. May be used from any thread.
/// </summary>
internal sealed class BrowserEngine(IJSRuntime js) : IAsyncDisposable
{
    internal const string ModulePath = "./_content/Calls.Blazor/calls-media.js";

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _disposing = new();
    private Task<Handles>? _loading;
    private int _lastId;

    public EngineEvents Events { get; } = new();

    public int NextId() => Interlocked.Increment(ref _lastId);

    /// <summary>Loads the module ahead of the first call.</summary>
    public Task LoadAsync() => HandlesAsync();

    /// <summary>Loads the module, and says as every other call does why it could not.</summary>
    public Task LoadAsync(CancellationToken cancellationToken) => LostAsMediaExceptionAsync(
        async token => { await HandlesAsync().WaitAsync(token).ConfigureAwait(false); return default(Reply); }, cancellationToken);

    /// <summary>Calls a function of the engine.</summary>
    /// <param name="function">Its name.</param>
    /// <param name="failureOf">Says what a JavaScript error means here.</param>
    /// <param name="asksUser">Whether the browser may ask the user first; such a call takes as long as he takes.</param>
    /// <param name="cancellationToken">Stops waiting; what was started must be cancelled by its id.</param>
    /// <param name="arguments">Its arguments.</param>
    public async Task<JsonElement> InvokeAsync(
        string function, Func<string, MediaFailure> failureOf, bool asksUser, CancellationToken cancellationToken, params object?[] arguments)
    {
        var reply = await LostAsMediaExceptionAsync(
            async token =>
            {
                var engine = (await HandlesAsync().WaitAsync(token).ConfigureAwait(false)).Engine;
                token.ThrowIfCancellationRequested(); // WaitAsync lets a finished task through.
                // A call with a token has no time limit; without one, the runtime's own applies, so a circuit that hangs is noticed.
                var json = asksUser
                    ? await engine.InvokeAsync<JsonElement>(function, token, arguments).ConfigureAwait(false)
                    : await engine.InvokeAsync<JsonElement>(function, arguments).AsTask().WaitAsync(token).ConfigureAwait(false);
                return json.Deserialize(EngineJson.Default.Reply);
            },
            cancellationToken).ConfigureAwait(false);
        return reply?.Error is { } error ? throw new MediaException(failureOf(error.Name), $"{error.Name}: {error.Message}") : reply!.Value;
    }

    private async Task<Reply?> LostAsMediaExceptionAsync(Func<CancellationToken, Task<Reply?>> act, CancellationToken cancellationToken)
    {
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposing.Token);
            return await act(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception exception) when (IsLost(exception))
        {
            throw new MediaException(MediaFailure.EngineLost, "The page is gone.", exception);
        }
        catch (JSException exception)
        {
            throw new MediaException(MediaFailure.Other, "The browser's media module could not be used.", exception);
        }
    }

    /// <summary>Calls a function whose failure changes nothing any more: closing, cancelling.</summary>
    public async Task TryInvokeAsync(string function, params object?[] arguments)
    {
        var loading = LoadedOrLoading();
        if (loading is null)
            return;
        try
        {
            var engine = (await loading.ConfigureAwait(false)).Engine;
            await engine.InvokeAsync<JsonElement>(function, arguments).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsLost(exception) || exception is JSException)
        {
            // Nobody is left who could be told.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposing.IsCancellationRequested)
            return;
        var loading = LoadedOrLoading();
        await _disposing.CancelAsync().ConfigureAwait(false);
        if (loading is null)
            return;
        try
        {
            var handles = await loading.ConfigureAwait(false);
            using (handles.Sink)
            {
                await handles.Engine.InvokeAsync<JsonElement>("dispose").ConfigureAwait(false);
                await handles.Engine.DisposeAsync().ConfigureAwait(false);
                await handles.Module.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (IsLost(exception) || exception is JSException)
        {
            // The page took everything with it.
        }
    }

    private static bool IsLost(Exception exception)
        // A page that is rendered ahead of time, without a browser, says InvalidOperationException.
        => exception is JSDisconnectedException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;

    private Task<Handles>? LoadedOrLoading()
    {
        lock (_gate)
            return _loading;
    }

    private Task<Handles> HandlesAsync()
    {
        lock (_gate)
        {
            if (_disposing.IsCancellationRequested)
                return Task.FromException<Handles>(new ObjectDisposedException(nameof(BrowserMediaSource)));
            // A module that could not be loaded once (no network for a moment) is tried again by the next call.
            if (_loading is null || _loading.IsFaulted || _loading.IsCanceled)
                _loading = LoadModuleAsync();
            return _loading;
        }
    }

    private async Task<Handles> LoadModuleAsync()
    {
        var module = await js.InvokeAsync<IJSObjectReference>("import", ModulePath).ConfigureAwait(false);
        var sink = DotNetObjectReference.Create(Events);
        try
        {
            return new Handles(module, await module.InvokeAsync<IJSObjectReference>("createEngine", sink).ConfigureAwait(false), sink);
        }
        catch
        {
            sink.Dispose();
            throw;
        }
    }

    private sealed record Handles(IJSObjectReference Module, IJSObjectReference Engine, DotNetObjectReference<EngineEvents> Sink);
}
