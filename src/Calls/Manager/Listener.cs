namespace Calls;

/// <summary>Hears every value and nothing else: an engine's events have no error and no end.</summary>
internal sealed class Listener<T>(Action<T> next) : IObserver<T>
{
    public void OnNext(T value) => next(value);

    public void OnError(Exception error)
    {
    }

    public void OnCompleted()
    {
    }
}
