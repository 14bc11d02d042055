using System.Collections.Concurrent;

namespace Calls.Testing;

/// <summary>Keeps what an observable raises.</summary>
internal sealed class Recording<T> : IObserver<T>
{
    private readonly ConcurrentQueue<T> _all = new();
    private volatile bool _isCompleted;
    private volatile Exception? _error;

    public Recording(IObservable<T> source) => source.Subscribe(this);

    public IReadOnlyList<T> All => [.. _all];

    public bool IsCompleted => _isCompleted;

    public Exception? Error => _error;

    public void OnNext(T value) => _all.Enqueue(value);

    public void OnCompleted() => _isCompleted = true;

    public void OnError(Exception error) => _error = error;
}

/// <summary>An observer made of one act.</summary>
internal sealed class ActObserver<T>(Action<T> act) : IObserver<T>
{
    public void OnNext(T value) => act(value);

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
