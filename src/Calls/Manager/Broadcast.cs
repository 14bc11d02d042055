using Microsoft.Extensions.Logging;

namespace Calls;

/// <summary>
/// Tells every observer every value, in order, off the publisher's thread where there is another. Each observer has a queue of its own: one that is slow, blocks
/// or throws keeps nobody else waiting, and one that throws is told the next value all the same.
/// </summary>
internal sealed class Broadcast<T>(ILogger logger) : IObservable<T>
{
    private readonly Lock _gate = new();
    private Subscription[] _subscriptions = [];
    private (bool Has, T Value) _current;
    private bool _completed;

    /// <summary>A broadcast that tells a new observer the current value at once.</summary>
    public Broadcast(ILogger logger, T current)
        : this(logger)
        => _current = (true, current);

    public int ObserverCount => _subscriptions.Length;

    public IDisposable Subscribe(IObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var subscription = new Subscription(this, observer);
        lock (_gate)
        {
            if (_current.Has)
                subscription.Enqueue(_current.Value);
            if (_completed)
                subscription.Complete();
            else
                _subscriptions = [.. _subscriptions, subscription];
        }

        subscription.Drain();
        return subscription;
    }

    public void Publish(T value)
    {
        Subscription[] told;
        lock (_gate)
        {
            if (_completed)
                return;
            if (_current.Has)
                _current = (true, value);
            told = _subscriptions;
            foreach (var subscription in told)
                subscription.Enqueue(value);
        }

        foreach (var subscription in told)
            subscription.DrainInBackground();
    }

    public void Complete()
    {
        Subscription[] told;
        lock (_gate)
        {
            if (_completed)
                return;
            _completed = true;
            told = _subscriptions;
            _subscriptions = [];
            foreach (var subscription in told)
                subscription.Complete();
        }

        foreach (var subscription in told)
            subscription.DrainInBackground();
    }

    private void Remove(Subscription subscription)
    {
        lock (_gate)
            _subscriptions = [.. _subscriptions.Where(other => other != subscription)];
    }

    private sealed class Subscription(Broadcast<T> broadcast, IObserver<T> observer) : IDisposable, IThreadPoolWorkItem
    {
        private readonly Lock _gate = new();
        private readonly Queue<T> _queue = [];
        private bool _draining;
        private bool _completed;
        private bool _disposed;

        public void Enqueue(T value)
        {
            lock (_gate)
            {
                if (!_disposed)
                    _queue.Enqueue(value);
            }
        }

        public void Complete()
        {
            lock (_gate)
                _completed = true;
        }

        public void DrainInBackground()
        {
            if (!TryBegin())
                return;
            // A browser has one thread: its pool is a timer, which waits behind whatever the page has to do.
            if (OperatingSystem.IsBrowser())
                Execute();
            else
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        public void Drain()
        {
            if (TryBegin())
                Execute();
        }

        public void Execute()
        {
            while (Next(out var value) is var next and not Queued.Nothing)
            {
                try
                {
                    if (next == Queued.Value)
                        observer.OnNext(value);
                    else
                        observer.OnCompleted();
                }
#pragma warning disable CA1031 // A host's observer may throw anything; the other observers and the call do not pay for it.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    ManagerLog.ObserverThrew(broadcast.Logger, exception);
                }
            }
        }

        public void Dispose()
        {
            lock (_gate)
            {
                _disposed = true;
                _queue.Clear(); // A host may keep the subscription; what was not heard, streams among it, is not kept with it.
            }

            broadcast.Remove(this);
        }

        private bool TryBegin()
        {
            lock (_gate)
                return !_draining && (_draining = true);
        }

        private Queued Next(out T value)
        {
            lock (_gate)
            {
                if (!_disposed && _queue.TryDequeue(out value!))
                    return Queued.Value;
                value = default!;
                _draining = _completed && !_disposed;
                _disposed |= _completed;
                return _draining ? Queued.Completion : Queued.Nothing;
            }
        }
    }

    private ILogger Logger => logger;

    private enum Queued
    {
        Nothing,
        Value,
        Completion,
    }
}
