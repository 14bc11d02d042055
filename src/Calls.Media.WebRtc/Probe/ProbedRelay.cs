using System.Net;
using System.Security.Cryptography;
using Calls.Media.WebRtc.Ice;
using Calls.Media.WebRtc.Stun;
using Calls.Media.WebRtc.Turn;

namespace Calls.Media.WebRtc.Probe;

/// <summary>One of the two relays between which a byte is to go.</summary>
internal sealed class ProbedRelay : ITurnRelayOwner, IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);
    private readonly TaskCompletionSource<TurnFailure?> _allocation = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<TurnFailure?> _permission = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _word = RandomNumberGenerator.GetBytes(16);
    private readonly TurnRelay _relay;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;

    public ProbedRelay(IceServerAddress server, IPEndPoint endPoint, IceServerProbeOptions options, TimeProvider time)
    {
        (_patience, _time) = (options.Timeout, time);
        _relay = new TurnRelay(server, endPoint, this, time, options.CertificateValidation, new TurnSettings { RequestTimeout = options.Timeout });
    }

    public bool IsReachable => _relay.IsReachable;

    public TimeSpan? RoundTripTime => _relay.RoundTripTime;

    public IPEndPoint? Relayed { get; private set; }

    public IPEndPoint? Mapped { get; private set; }

    /// <summary>Asks for the relay.</summary>
    /// <returns>Why there is none; null: there is.</returns>
    public Task<TurnFailure?> AllocateAsync(CancellationToken cancellationToken)
    {
        _relay.Start();
        return AnswerAsync(_allocation.Task, cancellationToken);
    }

    /// <summary>Lets another relay send to this one, and this one to it.</summary>
    /// <returns>Why it may not; null: it may.</returns>
    public Task<TurnFailure?> PermitAsync(ProbedRelay other, CancellationToken cancellationToken)
    {
        _relay.Permit(TransportAddress.From(other.Relayed!));
        return AnswerAsync(_permission.Task, cancellationToken);
    }

    /// <summary>Whether a word that this relay sends, again and again, reaches another.</summary>
    public async Task<bool> ReachesAsync(ProbedRelay other, CancellationToken cancellationToken)
    {
        var begin = _time.GetTimestamp();
        while (!other._heard.Task.IsCompleted && _time.GetElapsedTime(begin) < _patience)
        {
            _relay.Send(TransportAddress.From(other.Relayed!), other._word);
            await Task.WhenAny(other._heard.Task, Task.Delay(Again, _time, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return other._heard.Task.IsCompleted;
    }

    public void Dispose() => _relay.Dispose();

    void ITurnRelayOwner.Allocated(TurnRelay relay)
    {
        (Relayed, Mapped) = (relay.Relayed?.ToEndPoint(), relay.Mapped?.ToEndPoint());
        _allocation.TrySetResult(null);
    }

    void ITurnRelayOwner.Failed(TurnRelay relay, TurnFailure failure)
    {
        _allocation.TrySetResult(failure);
        _permission.TrySetResult(failure);
    }

    void ITurnRelayOwner.Permitted(TurnRelay relay, TransportAddress peer, TurnFailure? refusal) => _permission.TrySetResult(refusal);

    void ITurnRelayOwner.DatagramArrived(TurnRelay relay, TransportAddress from, Span<byte> datagram)
    {
        if (datagram.SequenceEqual(_word))
            _heard.TrySetResult();
    }

    /// <summary>A TCP connection into nowhere may be waited for much longer than a request.</summary>
    private async Task<TurnFailure?> AnswerAsync(Task<TurnFailure?> answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.WaitAsync(_patience + Again, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return new TurnFailure(TurnFailureKind.NoAnswer);
        }
    }
}
