namespace Calls.Testing;

/// <summary>Lets no exception of an observer out: it would stop the other observers, and surface where somebody else sends.</summary>
internal sealed class GuardedObservable<T>(IObservable<T> source) : IObservable<T>
{
    public IDisposable Subscribe(IObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return source.Subscribe(new GuardedObserver(observer));
    }

    private sealed class GuardedObserver(IObserver<T> observer) : IObserver<T>
    {
        public void OnNext(T value) => Guard(() => observer.OnNext(value));

        public void OnError(Exception error) => Guard(() => observer.OnError(error));

        public void OnCompleted() => Guard(observer.OnCompleted);

        private static void Guard(Action raise)
        {
            try
            {
                raise();
            }
#pragma warning disable CA1031 // As a channel over a network does: what an observer throws is its own affair.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }
    }
}
