using System.Reactive.Linq;

namespace Calls.Signaling.Server.Orleans.Tests;

/// <summary>The messages of one call, counted on both sides together: at a chosen one everything stands still until it is let go.</summary>
internal sealed class Boundary(int at)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    public Task Reached => _reached.Task;

    public ISignalingChannel Watch(ISignalingChannel channel) => new Watched(channel, this);

    /// <summary>Lets everything go on; also says that there is nothing left to wait for.</summary>
    public void Open()
    {
        _reached.TrySetResult();
        _open.TrySetResult();
    }

    private Task PassAsync(SignalingMessage message)
    {
        if (message is not CallMessage || Interlocked.Increment(ref _count) < at || _open.Task.IsCompleted)
            return Task.CompletedTask;
        _reached.TrySetResult();
        return _open.Task.WaitAsync(Patience);
    }

    private sealed class Watched(ISignalingChannel inner, Boundary boundary) : ISignalingChannel
    {
        private readonly Lock _order = new();
        private Task _last = Task.CompletedTask;

        public IObservable<SignalingMessage> Messages { get; } = inner.Messages.Do(message => boundary.PassAsync(message).Wait());

        public IObservable<ChannelStatus> Status => inner.Status;

        public Task ConnectAsync(CancellationToken cancellationToken = default) => inner.ConnectAsync(cancellationToken);

        public ValueTask SendAsync(SignalingMessage message, CancellationToken cancellationToken = default)
        {
            lock (_order)
                return new(_last = SendAfterAsync(_last, message, cancellationToken));
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private async Task SendAfterAsync(Task last, SignalingMessage message, CancellationToken cancellationToken)
        {
            await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await boundary.PassAsync(message);
            await inner.SendAsync(message, cancellationToken);
        }
    }
}
