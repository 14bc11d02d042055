using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Turn;

/// <summary>Requests, their answers, and what has to be asked again in time.</summary>
internal sealed partial class TurnClient
{
    private const int Unauthorized = 401, StaleNonce = 438;
    private const uint UdpProtocol = 17u << 24;
    private const int MostStaleNonces = 3;
    private static readonly TimeSpan RenewBefore = TimeSpan.FromMinutes(1);
    private readonly List<TurnRequest> _requests = [];
    private byte[]? _key;
    private string _realm = "";
    private string _nonce = "";
    private TimeSpan _refreshAt = TimeSpan.MaxValue;

    /// <summary>When <see cref="HandleTimeout"/> wants to be called next; null: never.</summary>
    public TimeSpan? NextTimeout
    {
        get
        {
            if (IsOver)
                return null;
            var next = _refreshAt;
            foreach (var request in _requests)
                next = request.NextAt < next ? request.NextAt : next;
            foreach (var peer in _peers.Values)
                next = peer.RenewAt < next ? peer.RenewAt : next;
            foreach (var channel in _channels.Values)
                next = channel.RenewAt < next ? channel.RenewAt : next;
            return next == TimeSpan.MaxValue ? null : next;
        }
    }

    /// <summary>Does what is due.</summary>
    public void HandleTimeout(TimeSpan now)
    {
        for (var i = _requests.Count - 1; i >= 0 && !IsOver; i--)
        {
            var request = _requests[i];
            if (now < request.NextAt)
                continue;
            if (now - request.BeganAt < _settings.RequestTimeout)
            {
                Transmit(request, now);
                continue;
            }

            _requests.RemoveAt(i);
            GaveUp(request, new TurnFailure(TurnFailureKind.NoAnswer), now);
        }

        if (IsOver)
            return;
        if (now >= _refreshAt)
        {
            _refreshAt = TimeSpan.MaxValue;
            Ask(new TurnRequest(StunMethod.Refresh), now);
        }

        foreach (var peer in _peers.Values)
        {
            if (now < peer.RenewAt)
                continue;
            peer.RenewAt = TimeSpan.MaxValue;
            Ask(new TurnRequest(StunMethod.CreatePermission) { Peer = peer.Address }, now);
        }

        foreach (var channel in _channels.Values)
        {
            if (now < channel.RenewAt)
                continue;
            channel.RenewAt = TimeSpan.MaxValue;
            Ask(new TurnRequest(StunMethod.ChannelBind) { Peer = channel.Peer, Channel = channel.Number }, now);
        }
    }

    private bool HasRequest(TransportAddress peer)
    {
        foreach (var request in _requests)
        {
            if (request.Method == StunMethod.CreatePermission && request.Peer == peer)
                return true;
        }

        return false;
    }

    private void Ask(TurnRequest request, TimeSpan now)
    {
        request.BeganAt = now;
        _requests.Add(request);
        Write(request);
        Transmit(request, now);
    }

    private void Write(TurnRequest request)
    {
        request.Transaction = TransactionId.Create();
        request.Sent = 0;
        request.IsSigned = _key is not null;
        Span<byte> buffer = stackalloc byte[256 + 3 * (username.Length + _realm.Length + _nonce.Length)];
        StunWriter writer = new(buffer, StunClass.Request, request.Method, request.Transaction);
        if (request.Method == StunMethod.Allocate)
            writer.Add(StunAttribute.RequestedTransport, UdpProtocol);
        if (request.Method == StunMethod.ChannelBind)
            writer.Add(StunAttribute.ChannelNumber, (uint)request.Channel << 16);
        if (request.Method is StunMethod.ChannelBind or StunMethod.CreatePermission)
            writer.Add(StunAttribute.XorPeerAddress, request.Peer);
        if (request.Lifetime is { } lifetime)
            writer.Add(StunAttribute.Lifetime, lifetime);
        if (_key is not null)
        {
            writer.Add(StunAttribute.Username, username);
            writer.Add(StunAttribute.Realm, _realm);
            writer.Add(StunAttribute.Nonce, _nonce);
            writer.AddIntegrity(_key);
        }

        writer.AddFingerprint();
        request.Message = writer.Finish().ToArray();
    }

    private void Transmit(TurnRequest request, TimeSpan now)
    {
        var giveUp = request.BeganAt + _settings.RequestTimeout;
        var wait = _settings.FirstRetry * (1 << Math.Min(request.Sent, 10));
        var next = now + (wait < _settings.LongestRetry ? wait : _settings.LongestRetry);
        // A stream loses nothing, so nothing is sent twice.
        request.NextAt = isStream || next > giveUp ? giveUp : next;
        request.Sent++;
        request.SentAt = now;
        sink.Transmit(request.Message);
    }

    private void HandleAnswer(StunMessage answer, TimeSpan now)
    {
        var transaction = answer.Transaction;
        var request = _requests.Find(one => one.Transaction == transaction && one.Method != StunMethod.Binding);
        if (request is null || request.Method != answer.Method)
            return;
        // Nobody but the server knows the key; errors about the credentials themselves cannot be signed (RFC 8489, section 9.2.5).
        var code = answer.ErrorCode();
        if (request.IsSigned && code is not (Unauthorized or StaleNonce) && answer.IsSigned && !answer.HasIntegrity(_key))
            return;
        if (request.IsSigned && answer.Class == StunClass.Success && !answer.IsSigned)
            return;
        _requests.Remove(request);
        IsReachable = true;
        RoundTripTime = now - request.SentAt;
        if (answer.Class == StunClass.Success)
            Succeeded(request, answer, now);
        else if (!TryAgain(request, code, answer, now))
            GaveUp(request, TurnFailure.Of(code, Reason(answer)), now);
    }

    private static string Reason(StunMessage answer)
        => answer.TryGet(StunAttribute.ErrorCode, out var value) && value.Length > 4 ? System.Text.Encoding.UTF8.GetString(value[4..]) : "";

    /// <summary>Asks again where the server only wants credentials, or a newer nonce (RFC 8489, section 9.2.5).</summary>
    private bool TryAgain(TurnRequest request, int? code, StunMessage answer, TimeSpan now)
    {
        if (answer.Text(StunAttribute.Nonce) is not { } nonce || username.Length == 0)
            return false;
        var isFirst = code == Unauthorized && !request.IsSigned && answer.Text(StunAttribute.Realm) is not null;
        if (!isFirst && (code != StaleNonce || ++request.StaleNonces > MostStaleNonces))
            return false;
        _nonce = nonce;
        if (answer.Text(StunAttribute.Realm) is { } realm && (realm != _realm || _key is null))
            (_realm, _key) = (realm, StunChecksum.LongTermKey(username, realm, credential));
        if (_realm.Length + _nonce.Length + username.Length > 4 * 763)
            return false;
        _requests.Add(request);
        Write(request);
        Transmit(request, now);
        return true;
    }

    private void Succeeded(TurnRequest request, StunMessage answer, TimeSpan now)
    {
        switch (request.Method)
        {
            case StunMethod.Allocate when answer.Address(StunAttribute.XorRelayedAddress) is { } relayed:
                (Relayed, Mapped) = (relayed, answer.Address(StunAttribute.XorMappedAddress));
                Renew(answer, now);
                sink.Allocated();
                break;
            case StunMethod.Allocate:
                Fail(new TurnFailure(TurnFailureKind.Refused, Reason: "The server gave no address."));
                break;
            case StunMethod.Refresh:
                Renew(answer, now);
                break;
            case StunMethod.CreatePermission when _peers.TryGetValue(request.Peer, out var peer):
                (peer.IsPermitted, peer.RenewAt) = (true, now + _settings.PermissionLifetime - RenewBefore);
                foreach (var (to, data) in peer.TakeWaiting())
                    SendIndication(to, data);
                sink.Permitted(request.Peer, null);
                break;
            case StunMethod.ChannelBind when _channels.TryGetValue(request.Peer, out var channel):
                (channel.IsBound, channel.RenewAt) = (true, now + _settings.ChannelLifetime - RenewBefore);
                break;
        }
    }

    private void Renew(StunMessage answer, TimeSpan now)
    {
        Lifetime = TimeSpan.FromSeconds(answer.Number(StunAttribute.Lifetime) ?? 600);
        // A minute before its end, or half way where it is short.
        var wait = Lifetime > 2 * RenewBefore ? Lifetime - RenewBefore : Lifetime / 2;
        _refreshAt = now + (wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1));
    }

    private void GaveUp(TurnRequest request, TurnFailure failure, TimeSpan now)
    {
        switch (request.Method)
        {
            case StunMethod.CreatePermission when _peers.TryGetValue(request.Peer, out var peer):
                // Refused for good; but one that got no answer may be asked again.
                peer.IsPermitted = false;
                peer.TakeWaiting();
                peer.RenewAt = failure.Kind == TurnFailureKind.NoAnswer ? now + _settings.LongestRetry : TimeSpan.MaxValue;
                sink.Permitted(request.Peer, failure);
                break;
            case StunMethod.ChannelBind when _channels.TryGetValue(request.Peer, out var channel):
                // It goes on without: a channel only saves bytes. Its number is not used for another.
                channel.IsBound = false;
                break;
            case StunMethod.Allocate or StunMethod.Refresh:
                Fail(failure);
                break;
        }
    }

    private void Fail(TurnFailure failure)
    {
        if (IsOver)
            return;
        End();
        sink.Failed(failure);
    }

    private void End()
    {
        (IsOver, Relayed) = (true, null);
        _requests.Clear();
        _peers.Clear();
        _channels.Clear();
        _numbers.Clear();
    }
}
