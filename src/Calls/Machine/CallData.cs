using System.Collections.Immutable;
using Calls.Signaling;

namespace Calls.Machine;

/// <summary>One call, as finely as the machine needs it.</summary>
internal sealed record CallData
{
    public required CallId Id { get; init; }

    /// <summary>The call for which the devices were opened: another than this where glare was lost and the devices were taken along.</summary>
    public CallId DevicesId { get; init; }

    public required string ChatId { get; init; }

    public required CallRole Role { get; init; }

    /// <summary>Whether it was asked for as a video call.</summary>
    public bool IsVideoCall { get; init; }

    public Party? Peer { get; init; }

    public MediaStage Media { get; init; }

    public DeviceState Devices { get; init; }

    /// <summary>Whether the camera comes back when the share of the screen stops.</summary>
    public bool IsCameraBehindScreen { get; init; }

    /// <summary>Whether this side has put the call on hold.</summary>
    public bool IsOnHold { get; init; }

    /// <summary>What the peer was last told of our devices, held where we hold, or takes for granted.</summary>
    public DeviceWish Told { get; init; }

    /// <summary>What the peer told of its devices, held where it holds.</summary>
    public DeviceWish PeerDevices { get; init; }

    /// <summary>The caller's offer, kept until it is accepted.</summary>
    public string? RemoteOffer { get; init; }

    /// <summary>Whether our own offer or answer was given to signaling; candidates may follow it, never precede it.</summary>
    public bool DescriptionSent { get; init; }

    /// <summary>Whether the transport has taken our offer or answer.</summary>
    public bool DescriptionDelivered { get; init; }

    /// <summary>Whether the session was given the remote description, so that it takes candidates.</summary>
    public bool RemoteApplied { get; init; }

    public ImmutableArray<IceCandidate> HeldRemote { get; init; } = [];

    public ImmutableArray<IceCandidate> HeldLocal { get; init; } = [];

    public bool IsPeerRinging { get; init; }

    public bool IsReconnecting { get; init; }

    /// <summary>Whether the session that stands is beyond any ICE restart: only a new one brings the connection back.</summary>
    public bool NeedsNewSession { get; init; }

    /// <summary>Whether the server has said that it does not know this call: it was started anew, and nothing of the call passes it any more.</summary>
    public bool IsForgotten { get; init; }

    public Negotiation Negotiation { get; init; }

    public CallEnd? End { get; init; }
}

/// <summary>How far the devices of a call are.</summary>
internal enum MediaStage : byte
{
    /// <summary>Nothing was opened: there is no consent yet.</summary>
    None,

    /// <summary>Being opened.</summary>
    Opening,

    /// <summary>Open.</summary>
    Open,
}
