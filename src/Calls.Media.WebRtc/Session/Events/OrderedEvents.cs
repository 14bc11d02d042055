namespace Calls.Media.WebRtc.Session;

/// <summary>
/// Events one at a time, in the order in which they were posted; those before the first subscription wait for it. To post and to tell are two acts, so that who holds
/// a lock fixes the order under it and calls observers after it.
/// </summary>
internal sealed class OrderedEvents<T> : IObservable<T>
{
    private readonly Lock _gate = new();
    private readonly Queue<T> _waiting = new();
    private IObserver<T>[] _observers = [];
    private TaskCompletionSource? _told;
    private bool _hasListener;
    private bool _isCompleted;
    private bool _isTelling;
    private int _teller;

    public IDisposable Subscribe(IObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        lock (_gate)
        {
            _observers = [.. _observers, observer];
            _hasListener = true;
        }

        Tell();
        return new Subscription(this, observer);
    }

    /// <summary>Puts an event behind those that wait. Calls nobody.</summary>
    public void Post(T item)
    {
        lock (_gate)
        {
            if (!_isCompleted)
                _waiting.Enqueue(item);
        }
    }

    /// <summary>Tells what waits, unless another thread is at it, which then tells it too. To be called with no lock held.</summary>
    public void Tell()
    {
        while (TryBegin(out var item, out var isEnd, out var observers))
        {
            foreach (var observer in observers)
                Tell(observer, item, isEnd);
            lock (_gate)
                _isTelling = false;
        }
    }

    /// <summary>Ends the events behind those that wait; completes when all is told.</summary>
    public Task CompleteAsync()
    {
        lock (_gate)
            _isCompleted = true;
        Tell();
        lock (_gate)
        {
            // An observer that ends the events from within one of them cannot be waited for.
            if (!_isTelling || _teller == Environment.CurrentManagedThreadId)
                return Task.CompletedTask;
            return (_told ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private static void Tell(IObserver<T> observer, T item, bool isEnd)
    {
        try
        {
            if (isEnd)
                observer.OnCompleted();
            else
                observer.OnNext(item);
        }
#pragma warning disable CA1031 // An observer that throws stops neither the others nor the packets, whose thread this may be.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private bool TryBegin(out T item, out bool isEnd, out IObserver<T>[] observers)
    {
        lock (_gate)
        {
            (item, isEnd, observers) = (default!, false, _observers);
            if (_isTelling)
                return false;
            if (!_hasListener || !_waiting.TryDequeue(out item!))
            {
                isEnd = _isCompleted && observers.Length > 0;
                if (!isEnd)
                {
                    _told?.TrySetResult();
                    return false;
                }

                _observers = [];
            }

            (_isTelling, _teller) = (true, Environment.CurrentManagedThreadId);
            return true;
        }
    }

    private void Leave(IObserver<T> observer)
    {
        lock (_gate)
            _observers = [.. _observers.Where(one => one != observer)];
    }

    private sealed class Subscription(OrderedEvents<T> events, IObserver<T> observer) : IDisposable
    {
        public void Dispose() => events.Leave(observer);
    }
}
