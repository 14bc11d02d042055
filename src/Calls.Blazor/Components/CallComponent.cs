using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Blazor;

/// <summary>A component that shows what a manager reports.</summary>
public abstract class CallComponent : ComponentBase, IAsyncDisposable
{
    private ICallManager? _shown;
    private IDisposable? _subscription;

    private protected CallComponent()
    {
    }

    /// <summary>The manager to show. Default: the host's <see cref="ICallManager"/>.</summary>
    [Parameter]
    public ICallManager? Manager { get; set; }

    /// <summary>The sentences to show. Default: the host's <see cref="CallTexts"/>, or English.</summary>
    [Parameter]
    public CallTexts? Texts { get; set; }

    /// <summary>Says what to call the other side of a call. Default: the name that the server told, or the chat id.</summary>
    [Parameter]
    public Func<CallSnapshot, string?>? NameOf { get; set; }

    /// <summary>The call as it is drawn.</summary>
    private protected CallSnapshot Snapshot { get; private set; } = CallSnapshot.Idle;

    /// <summary>The manager that is shown.</summary>
    private protected ICallManager Calls => Manager ?? Services.GetRequiredService<ICallManager>();

    /// <summary>The sentences that are shown.</summary>
    private protected CallTexts Words => Texts ?? Services.GetService<CallTexts>() ?? CallTexts.English;

    /// <summary>What the other side is called.</summary>
    private protected string Name => NameOf?.Invoke(Snapshot) ?? Snapshot.Peer?.Name ?? Snapshot.ChatId ?? "";

    /// <summary>Whether the component was disposed.</summary>
    private protected bool IsDisposed { get; private set; }

    [Inject]
    private protected IServiceProvider Services { get; set; } = default!;

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        IsDisposed = true;
        _subscription?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        // Not before the first render: a page that is rendered ahead of time must not make a manager, which would connect and take this
        // user's place on the server.
        if (IsDisposed || ReferenceEquals(_shown, Calls))
            return;
        _shown = Calls;
        _subscription?.Dispose();
        _subscription = Listen(_shown);
    }

    /// <summary>Subscribes to what the component shows.</summary>
    private protected virtual IDisposable Listen(ICallManager manager)
    {
        return manager.Snapshots.Subscribe(next => Show(() => Follow(next)));
    }

    /// <summary>Called with every snapshot. Whether to draw.</summary>
    private protected virtual bool Follow(CallSnapshot next) => Take(next);

    /// <summary>Takes a snapshot as the one that is drawn. Whether to draw.</summary>
    private protected bool Take(CallSnapshot next)
    {
        var before = Snapshot;
        Snapshot = next;
        return Matters(before, next);
    }

    /// <summary>Whether a change is one that the component shows.</summary>
    private protected virtual bool Matters(CallSnapshot before, CallSnapshot next) => before != next;

    /// <summary>Takes something that happened, on any thread, over to the page, and renders where <paramref name="change"/> says so.</summary>
    private protected void Show(Func<bool> change)
        => _ = InvokeAsync(() =>
        {
            if (!IsDisposed && change())
                StateHasChanged();
        });

    /// <summary>Runs a command. How a call ended stands in its snapshots, so a command that the end overtook needs no words of its own.</summary>
    private protected static async Task RunAsync(Func<Task> command)
    {
        try
        {
            await command();
        }
        catch (Exception exception) when (exception is CallException or OperationCanceledException or InvalidOperationException)
        {
            // InvalidOperationException: the state changed between the picture and the click.
        }
    }
}
