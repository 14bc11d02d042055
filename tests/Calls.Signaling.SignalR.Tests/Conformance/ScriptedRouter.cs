using System.Threading.Channels;
using Calls.Signaling.Server;

namespace Calls.Signaling.SignalR.Tests;

/// <summary>Welcomes everybody, and keeps what they say.</summary>
internal sealed class ScriptedRouter : ICallRouter
{
    private readonly Channel<SignalingMessage> _arrived = Channel.CreateUnbounded<SignalingMessage>();
    private volatile TaskCompletionSource _connected = New();
    private int _joins;

    public ChannelReader<SignalingMessage> Arrived => _arrived.Reader;

    public Task Connected => _connected.Task;

    public int Joins => Volatile.Read(ref _joins);

    public void Forget() => _connected = New();

    public ValueTask ConnectAsync(ICallConnection connection, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _joins);
        connection.Send(new WelcomeMessage { UserId = connection.Party.UserId, DeviceId = connection.Party.DeviceId });
        _connected.TrySetResult();
        return ValueTask.CompletedTask;
    }

    public ValueTask ReceiveAsync(ICallConnection connection, SignalingMessage message, CancellationToken cancellationToken)
        => _arrived.Writer.WriteAsync(message, cancellationToken);

    public ValueTask MalformedAsync(ICallConnection connection, string error, CancellationToken cancellationToken)
        => throw new InvalidOperationException("The channel sent what is no message: " + error);

    public void Disconnect(ICallConnection connection)
    {
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
