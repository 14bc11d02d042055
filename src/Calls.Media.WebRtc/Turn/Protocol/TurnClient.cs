using System.Buffers.Binary;
using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Turn;

/// <summary>
/// A relay on a TURN server (RFC 8656): allocation, renewal, permissions and channels. It opens nothing and knows no clock. Not thread-safe.
/// </summary>
/// <param name="username">The user.</param>
/// <param name="credential">The password.</param>
/// <param name="isStream">Whether the server is spoken to over TCP or TLS: nothing is sent twice, and data is padded.</param>
/// <param name="sink">Where everything goes.</param>
/// <param name="settings">Times and limits.</param>
internal sealed partial class TurnClient(string username, string credential, bool isStream, ITurnClientSink sink, TurnSettings? settings = null)
{
    private const int ChannelHeader = 4;
    private const ushort FirstChannel = 0x4000, LastChannel = 0x4FFF;
    private const int LongestData = 2000;
    private readonly TurnSettings _settings = settings ?? new();
    private readonly Dictionary<TransportAddress, TurnPeer> _peers = [];
    private readonly Dictionary<TransportAddress, TurnChannel> _channels = [];
    private readonly Dictionary<ushort, TurnChannel> _numbers = [];
    private ushort _nextChannel = FirstChannel;

    /// <summary>The relay's address; null: there is none.</summary>
    public TransportAddress? Relayed { get; private set; }

    /// <summary>This side as the server sees it; null: not known.</summary>
    public TransportAddress? Mapped { get; private set; }

    /// <summary>How long the server keeps the relay without renewal.</summary>
    public TimeSpan Lifetime { get; private set; }

    /// <summary>The time of a request and its answer; null: none was answered.</summary>
    public TimeSpan? RoundTripTime { get; private set; }

    /// <summary>Whether the server has answered anything.</summary>
    public bool IsReachable { get; private set; }

    /// <summary>Whether it failed or was closed.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Asks for a relay.</summary>
    public void Start(TimeSpan now) => Ask(new TurnRequest(StunMethod.Allocate), now);

    /// <summary>Lets an address send to the relay.</summary>
    public void Permit(TransportAddress peer, TimeSpan now)
    {
        if (!IsOver && Relayed is not null)
            PeerOf(peer, now);
    }

    /// <summary>Sends fewer bytes per packet to an address from now on.</summary>
    public void BindChannel(TransportAddress peer, TimeSpan now)
    {
        if (IsOver || Relayed is null || _channels.ContainsKey(peer) || _nextChannel > LastChannel)
            return;
        TurnChannel channel = new(peer, _nextChannel++);
        _channels.Add(peer, channel);
        _numbers.Add(channel.Number, channel);
        Ask(new TurnRequest(StunMethod.ChannelBind) { Peer = peer, Channel = channel.Number }, now);
    }

    /// <summary>Sends a packet through the relay. It waits for the permission where there is none yet. Allocates nothing once there is one.</summary>
    public void Send(TransportAddress peer, ReadOnlySpan<byte> data, TimeSpan now)
    {
        if (IsOver || Relayed is null || data.Length > LongestData)
            return;
        if (_channels.TryGetValue(peer, out var channel) && channel.IsBound)
        {
            SendOnChannel(channel.Number, data);
            return;
        }

        if (PeerOf(peer, now) is not { } known)
            return;
        if (known.IsPermitted)
            SendIndication(peer, data);
        else if (known.RenewAt != TimeSpan.MaxValue || HasRequest(known.Address))
            known.Wait(peer, data, _settings.MaximumWaiting);
    }

    /// <summary>Gives the relay back.</summary>
    public void Close(TimeSpan now)
    {
        if (IsOver)
            return;
        if (Relayed is not null)
            Ask(new TurnRequest(StunMethod.Refresh) { Lifetime = 0 }, now);
        End();
    }

    /// <summary>The connection to the server broke.</summary>
    public void ConnectionLost(string reason) => Fail(new TurnFailure(TurnFailureKind.NoConnection, Reason: reason));

    /// <summary>Takes a message of the server.</summary>
    /// <param name="message">A STUN message or a packet of a channel.</param>
    /// <param name="now">When it came.</param>
    /// <param name="from">Who sent the data in it.</param>
    /// <param name="data">Where in the message the data is.</param>
    /// <returns>Whether there is data in it.</returns>
    public bool HandleMessage(ReadOnlySpan<byte> message, TimeSpan now, out TransportAddress from, out Range data)
    {
        (from, data) = (default, default);
        if (IsOver)
            return false;
        if (message.Length >= ChannelHeader && message[0] is >= 0x40 and <= 0x4F)
            return TryChannelData(message, out from, out data);
        if (!StunMessage.TryParse(message, out var read))
            return false;
        if (read is { Method: StunMethod.Data, Class: StunClass.Indication })
            return TryDataIndication(message, read, out from, out data);
        if (read.Class is StunClass.Success or StunClass.Error)
            HandleAnswer(read, now);
        return false;
    }

    private bool TryChannelData(ReadOnlySpan<byte> message, out TransportAddress from, out Range data)
    {
        var number = BinaryPrimitives.ReadUInt16BigEndian(message);
        var length = BinaryPrimitives.ReadUInt16BigEndian(message[2..]);
        (from, data) = (default, ChannelHeader..(ChannelHeader + length));
        if (ChannelHeader + length > message.Length || !_numbers.TryGetValue(number, out var channel))
            return false;
        from = channel.Peer;
        return true;
    }

    private static bool TryDataIndication(ReadOnlySpan<byte> message, StunMessage read, out TransportAddress from, out Range data)
    {
        (from, data) = (default, default);
        if (read.Address(StunAttribute.XorPeerAddress) is not { } peer || !read.TryGet(StunAttribute.Data, out var value))
            return false;
        message.Overlaps(value, out var offset);
        (from, data) = (peer, offset..(offset + value.Length));
        return !value.IsEmpty;
    }

    private TurnPeer? PeerOf(TransportAddress peer, TimeSpan now)
    {
        var address = peer.WithPort(0);
        if (_peers.TryGetValue(address, out var known))
            return known;
        if (_peers.Count >= _settings.MaximumPeers)
            return null;
        _peers.Add(address, known = new TurnPeer(address) { RenewAt = TimeSpan.MaxValue });
        Ask(new TurnRequest(StunMethod.CreatePermission) { Peer = address }, now);
        return known;
    }

    private void SendOnChannel(ushort number, ReadOnlySpan<byte> data)
    {
        Span<byte> buffer = stackalloc byte[ChannelHeader + LongestData + 3];
        BinaryPrimitives.WriteUInt16BigEndian(buffer, number);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[2..], (ushort)data.Length);
        data.CopyTo(buffer[ChannelHeader..]);
        var length = ChannelHeader + data.Length;
        if (isStream)
        {
            // Over a stream it takes a multiple of four bytes (RFC 8656, section 12.5).
            var padded = length + 3 & ~3;
            buffer[length..padded].Clear();
            length = padded;
        }

        sink.Transmit(buffer[..length]);
    }

    private void SendIndication(TransportAddress peer, ReadOnlySpan<byte> data)
    {
        Span<byte> buffer = stackalloc byte[LongestData + 64];
        StunWriter indication = new(buffer, StunClass.Indication, StunMethod.Send, TransactionId.Create());
        indication.Add(StunAttribute.XorPeerAddress, peer);
        indication.Add(StunAttribute.Data, data);
        sink.Transmit(indication.Finish());
    }
}
