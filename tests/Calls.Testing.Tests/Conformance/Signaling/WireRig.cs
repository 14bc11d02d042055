using System.Threading.Channels;
using Calls.Signaling;

namespace Calls.Testing.Tests;

/// <summary>A server and its wires in memory, byte for byte, for <see cref="WireChannel"/>.</summary>
internal sealed class WireRig(SignalingFlaw flaw, TimeSpan patience) : ISignalingRig
{
    private readonly Channel<SignalingMessage> _arrived = Channel.CreateUnbounded<SignalingMessage>();
    private volatile Wire? _wire;
    private volatile bool _isOver;
    private int _attempts;

    public SignalingRigAbilities Abilities => SignalingRigAbilities.All;

    public ServerManner Manner { get; set; }

    public int Attempts => Volatile.Read(ref _attempts);

    public TimeSpan SilenceLimit => TimeSpan.FromSeconds(0.1);

    public TimeSpan Patience => patience;

    public ISignalingChannel Open(TimeProvider timeProvider) => new WireChannel(this, timeProvider, flaw);

    public Task SendAsync(ReadOnlyMemory<byte> utf8)
    {
        if (_wire is not { IsCut: false } wire)
            return Task.FromException(new InvalidOperationException("There is no connection."));
        wire.Inbox.Writer.TryWrite(utf8.ToArray());
        return Task.CompletedTask;
    }

    public Task<SignalingMessage> ReceiveAsync(CancellationToken cancellationToken) => _arrived.Reader.ReadAsync(cancellationToken).AsTask();

    public Task CutAsync()
    {
        _wire!.Cut();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _isOver = true;
        _wire?.Cut();
        return ValueTask.CompletedTask;
    }

    public void CountAttempt() => Interlocked.Increment(ref _attempts);

    /// <summary>Connects.</summary>
    public Wire Dial()
    {
        if (_isOver)
            throw new OperationCanceledException();
        CountAttempt();
        if (Manner == ServerManner.Unreachable)
            throw new SignalingException("The server cannot be reached.");
        if (Manner == ServerManner.Refuses)
            throw new SignalingException("The server refuses this client.") { IsRefused = true };
        Wire wire = new(Manner == ServerManner.Silent, _arrived.Writer);
        wire.Inbox.Writer.TryWrite(SignalingJson.Serialize(new WelcomeMessage { UserId = "alice", DeviceId = "device" }));
        return _wire = wire;
    }
}

/// <summary>One connection.</summary>
internal sealed class Wire(bool isSilent, ChannelWriter<SignalingMessage> server)
{
    private volatile bool _isCut;

    public Channel<byte[]> Inbox { get; } = Channel.CreateUnbounded<byte[]>();

    public bool IsCut => _isCut;

    /// <summary>Whether a ping is answered.</summary>
    public bool Answers => !isSilent && !_isCut;

    public void Send(byte[] utf8)
    {
        if (_isCut)
            throw new SignalingException("The connection broke.");
        SignalingJson.TryParse(utf8, out var message, out var error).Should().BeTrue(error);
        if (!isSilent)
            server.TryWrite(message!);
    }

    public void Cut()
    {
        _isCut = true;
        Inbox.Writer.TryComplete();
    }
}
