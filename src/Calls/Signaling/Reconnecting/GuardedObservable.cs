using Microsoft.Extensions.Logging;

namespace Calls.Signaling;

/// <summary>Subscribes under the gate under which the source raises, and lets no exception of an observer out.</summary>
internal sealed class GuardedObservable<T>(IObservable<T> source, Lock gate, ILogger log) : IObservable<T>
{
    public IDisposable Subscribe(IObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        lock (gate)
            return source.Subscribe(new GuardedObserver(observer, log));
    }

    private sealed class GuardedObserver(IObserver<T> observer, ILogger log) : IObserver<T>
    {
        public void OnNext(T value) => Guard(() => observer.OnNext(value));

        public void OnError(Exception error) => Guard(() => observer.OnError(error));

        public void OnCompleted() => Guard(observer.OnCompleted);

        private void Guard(Action raise)
        {
            try
            {
                raise();
            }
            catch (Exception exception)
            {
                ReconnectingLog.ObserverThrew(log, exception.GetType().Name);
                ReconnectingLog.ObserverThrewDetail(log, exception);
            }
        }
    }
}
