namespace Calls.Testing.Tests;

/// <summary>Raises to its observers, soundly unless told otherwise.</summary>
internal sealed class FlawedObservable<T>(bool replaysLast, bool stopsAtThrow, bool forgetsItsEnd) : IObservable<T>
{
    private readonly Lock _gate = new();
    private readonly List<IObserver<T>> _observers = [];
    private readonly List<T> _last = [];
    private bool _isCompleted;

    public IDisposable Subscribe(IObserver<T> observer)
    {
        lock (_gate)
        {
            if (replaysLast)
                _last.ForEach(observer.OnNext);
            if (!_isCompleted)
                _observers.Add(observer);
            else if (!forgetsItsEnd)
                observer.OnCompleted();
        }

        return System.Reactive.Disposables.Disposable.Create(() =>
        {
            lock (_gate)
                _observers.Remove(observer);
        });
    }

    public void Raise(T value)
    {
        IObserver<T>[] observers;
        lock (_gate)
        {
            if (_isCompleted)
                return;
            _last.Clear();
            _last.Add(value);
            observers = [.. _observers];
        }

        foreach (var observer in observers)
        {
            try
            {
                observer.OnNext(value);
            }
            catch (InvalidOperationException) when (!stopsAtThrow)
            {
                // The next one hears it all the same.
            }
            catch (InvalidOperationException)
            {
                return;
            }
        }
    }

    public void Complete()
    {
        lock (_gate)
        {
            _isCompleted = true;
            _observers.ForEach(observer => observer.OnCompleted());
            _observers.Clear();
        }
    }
}
