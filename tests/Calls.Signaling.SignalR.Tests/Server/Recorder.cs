using System.Threading.Channels;

namespace Calls.Signaling.SignalR.Tests;

/// <summary>Keeps what an observable raises, and lets a test wait for it.</summary>
internal sealed class Recorder<T> : IObserver<T>, IDisposable
{
    private readonly Channel<T> _unread = Channel.CreateUnbounded<T>();
    private readonly List<T> _all = [];
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IDisposable _subscription;

    public Recorder(IObservable<T> source) => _subscription = source.Subscribe(this);

    public IReadOnlyList<T> All
    {
        get
        {
            lock (_all)
                return [.. _all];
        }
    }

    public Task Completed => _completed.Task.InTime();

    public int Unread => _unread.Reader.Count;

    public Task<T> NextAsync() => _unread.Reader.ReadAsync().AsTask().InTime();

    public async Task<T> UntilAsync(Func<T, bool> wanted)
    {
        while (true)
        {
            var next = await NextAsync();
            if (wanted(next))
                return next;
        }
    }

    public void OnNext(T value)
    {
        lock (_all)
            _all.Add(value);
        _unread.Writer.TryWrite(value);
    }

    public void OnError(Exception error) => _completed.TrySetException(error);

    public void OnCompleted() => _completed.TrySetResult();

    public void Dispose() => _subscription.Dispose();
}

internal static class Recorders
{
    public static Task<ChannelStatus> UntilAsync(this Recorder<ChannelStatus> statuses, ChannelState state)
        => statuses.UntilAsync(status => status.State == state);

    public static IEnumerable<ChannelState> States(this Recorder<ChannelStatus> statuses) => statuses.All.Select(status => status.State);
}
