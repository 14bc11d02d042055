namespace Calls.Blazor.Interop;

/// <summary>Ordered events; those before the first subscription are kept for it.</summary>
internal sealed class EventStream<T> : IObservable<T>
{
    private readonly Lock _gate = new();
    private readonly List<IObserver<T>> _observers = [];
    private List<T>? _kept = [];
    private bool _completed;

    public IDisposable Subscribe(IObserver<T> observer)
    {
        lock (_gate)
        {
            if (_kept is { } kept)
            {
                _kept = null;
                foreach (var item in kept)
                    observer.OnNext(item);
            }

            if (_completed)
            {
                observer.OnCompleted();
                return new Subscription(this, observer);
            }

            _observers.Add(observer);
            return new Subscription(this, observer);
        }
    }

    public void Raise(T item)
    {
        lock (_gate)
        {
            if (_completed)
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
            if (_completed)
                return;
            _completed = true;
            foreach (var observer in _observers.ToArray())
                observer.OnCompleted();
            _observers.Clear();
        }
    }

    private sealed class Subscription(EventStream<T> stream, IObserver<T> observer) : IDisposable
    {
        public void Dispose()
        {
            lock (stream._gate)
                stream._observers.Remove(observer);
        }
    }
}
