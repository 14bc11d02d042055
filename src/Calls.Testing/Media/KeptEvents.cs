namespace Calls.Testing;

/// <summary>Events one at a time, in order; those before the first subscription are kept for it, and for it alone.</summary>
internal sealed class KeptEvents<T> : IObservable<T>
{
    private readonly Lock _gate = new();
    private readonly List<IObserver<T>> _observers = [];
    private List<T>? _kept = [];
    private bool _isCompleted;

    public IDisposable Subscribe(IObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        lock (_gate)
        {
            var kept = _kept ?? [];
            _kept = null;
            _observers.Add(observer);
            kept.ForEach(observer.OnNext);
            if (_isCompleted)
            {
                _observers.Remove(observer);
                observer.OnCompleted();
            }
        }

        return System.Reactive.Disposables.Disposable.Create(() =>
        {
            lock (_gate)
                _observers.Remove(observer);
        });
    }

    public void Raise(T item)
    {
        lock (_gate)
        {
            if (_isCompleted)
                return;
            _kept?.Add(item);
            foreach (var observer in _observers.ToArray())
                observer.OnNext(item);
        }
    }

    public void Complete()
    {
        lock (_gate)
        {
            if (_isCompleted)
                return;
            _isCompleted = true;
            foreach (var observer in _observers.ToArray())
                observer.OnCompleted();
            _observers.Clear();
        }
    }
}
