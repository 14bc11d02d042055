using Calls.Media;

namespace Calls;

/// <summary>Everything that a host may show of a call, at one moment.</summary>
public sealed record CallSnapshot
{
    /// <summary>No call.</summary>
    public static CallSnapshot Idle { get; } = new();

    /// <summary>One of the seven states.</summary>
    public CallState State { get; init; }

    /// <summary>The call; null when idle.</summary>
    public CallId? CallId { get; init; }

    /// <summary>The conversation; null when idle.</summary>
    public string? ChatId { get; init; }

    /// <summary>Which side this is; null when idle.</summary>
    public CallRole? Role { get; init; }

    /// <summary>The other side; null when idle, and for a caller until a device rings or answers.</summary>
    public CallPeer? Peer { get; init; }

    /// <summary>Whether this is, or was asked for as, a video call.</summary>
    public bool IsVideoCall { get; init; }

    /// <summary>Whether the far side has told that it rings (only while Outgoing).</summary>
    public bool IsPeerRinging { get; init; }

    /// <summary>Whether microphone and camera are being opened.</summary>
    public bool IsOpeningMedia { get; init; }

    /// <summary>Whether the media connection is being mended (only while Connected).</summary>
    public bool IsReconnecting { get; init; }

    /// <summary>Whether the own microphone is muted.</summary>
    public bool IsMuted { get; init; }

    /// <summary>What this side sends as video.</summary>
    public VideoSource LocalVideo { get; init; }

    /// <summary>Whether this side has put the call on hold. While either side holds, neither sends nor plays anything.</summary>
    public bool IsOnHold { get; init; }

    /// <summary>Whether the peer has put the call on hold, as far as it told.</summary>
    public bool IsPeerHolding { get; init; }

    /// <summary>Whether the peer's microphone is muted, as far as it told.</summary>
    public bool IsPeerMuted { get; init; }

    /// <summary>What the peer sends as video, as far as it told; a peer that does not tell is taken at the word of its offer.</summary>
    public VideoSource PeerVideo { get; init; }

    /// <summary>When the call became Connected; null before.</summary>
    public DateTimeOffset? ConnectedAt { get; init; }

    /// <summary>
    /// What two people read to each other to see that nobody sits between them (only while Connecting and Connected); null where the other side, or the media
    /// engine of one, takes no part in it, and from the moment a description names another certificate.
    /// </summary>
    public VerificationCode? VerificationCode { get; init; }

    /// <summary>The open devices; null while none is open.</summary>
    public ILocalMedia? LocalMedia { get; init; }

    /// <summary>What the other side sends; null until it is there. The same object until the call ends, unless the session was replaced.</summary>
    public IRemoteStream? RemoteStream { get; init; }

    /// <summary>Why the call ended (only in Ended and Failed).</summary>
    public CallEnd? End { get; init; }

    /// <summary>Whether a call is under way: Outgoing, IncomingRinging, Connecting or Connected.</summary>
    public bool IsActive => State is CallState.Outgoing or CallState.IncomingRinging or CallState.Connecting or CallState.Connected;
}
