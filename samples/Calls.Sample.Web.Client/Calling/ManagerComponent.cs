using Microsoft.AspNetCore.Components;

namespace Calls.Sample.Web.Client.Calling;

/// <summary>A component that shows something that a call manager reports.</summary>
public abstract class ManagerComponent : ComponentBase, IDisposable
{
    private readonly List<IDisposable> _subscriptions = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
            subscription.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes every value on the renderer's thread, one after another, and renders after each.</summary>
    protected void Watch<T>(IObservable<T> values, Action<T> take)
        => _subscriptions.Add(values.Subscribe(value => _ = InvokeAsync(() =>
        {
            take(value);
            StateHasChanged();
        })));
}
