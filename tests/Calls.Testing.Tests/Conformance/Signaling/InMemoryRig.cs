using System.Reactive.Linq;
using Calls.Signaling;

namespace Calls.Testing.Tests;

/// <summary>One end of a pair in memory; the other end plays the server. Its channel is cut and made again by the test, not by itself.</summary>
internal sealed class InMemoryRig : ISignalingRig
{
    private readonly System.Threading.Channels.Channel<SignalingMessage> _arrived = System.Threading.Channels.Channel.CreateUnbounded<SignalingMessage>();
    private readonly InMemoryChannel _near;
    private readonly InMemoryChannel _far;
    private int _attempts;
    private Task _sending = Task.CompletedTask;

    public InMemoryRig()
    {
        (_near, _far) = InMemorySignaling.Pair("alice", "server");
        _far.Messages.Where(message => message is not WelcomeMessage).Subscribe(message => _arrived.Writer.TryWrite(message));
        _near.Status.Subscribe(status => _attempts += status.State == ChannelState.Connecting ? 1 : 0);
        _ = _far.ConnectAsync();
    }

    public SignalingRigAbilities Abilities => SignalingRigAbilities.None;

    public ServerManner Manner { get; set; }

    public int Attempts => _attempts;

    public TimeSpan SilenceLimit => Timeout.InfiniteTimeSpan;

    public ISignalingChannel Open(TimeProvider timeProvider) => _near;

    // What is sent is delivered on the thread of who sends, who is not to wait for the observers.
    public Task SendAsync(ReadOnlyMemory<byte> utf8)
    {
        SignalingJson.TryParse(utf8.Span, out var message, out var error).Should().BeTrue(error);
        var sending = _sending = _sending.ContinueWith(_ => _far.SendAsync(message!).AsTask(), TaskScheduler.Default).Unwrap();
        return Task.WhenAny(sending, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System));
    }

    public Task<SignalingMessage> ReceiveAsync(CancellationToken cancellationToken) => _arrived.Reader.ReadAsync(cancellationToken).AsTask();

    public Task CutAsync() => throw new NotSupportedException();

    public async ValueTask DisposeAsync()
    {
        await _far.DisposeAsync();
        await _near.DisposeAsync();
    }
}
