using Calls.Machine;
using Calls.Media;
using Calls.Signaling;

namespace Calls;

/// <summary>What a host may see of the machine's state.</summary>
internal static class SnapshotProjection
{
    public static CallSnapshot From(MachineState state, DateTimeOffset? connectedAt, VerificationCode? code, ILocalMedia? local, IRemoteStream? remote)
    {
        if (state.Call is not { } call)
            return CallSnapshot.Idle;
        return new CallSnapshot
        {
            State = state.State,
            CallId = call.Id,
            ChatId = call.ChatId,
            Role = call.Role,
            Peer = Peer(call.Peer),
            IsVideoCall = call.IsVideoCall,
            IsPeerRinging = call.IsPeerRinging,
            IsOpeningMedia = call.Media == MediaStage.Opening,
            IsReconnecting = call.IsReconnecting,
            IsMuted = call.Devices.Wanted.Muted,
            LocalVideo = call.Devices.Wanted.Video,
            IsOnHold = call.IsOnHold,
            IsPeerHolding = call.PeerDevices.Held,
            IsPeerMuted = call.PeerDevices.Muted,
            PeerVideo = call.PeerDevices.Video,
            ConnectedAt = connectedAt,
            VerificationCode = state.State is CallState.Connecting or CallState.Connected ? code : null,
            LocalMedia = local,
            RemoteStream = remote,
            End = call.End,
        };
    }

    public static CallPeer? Peer(Party? party) => party is null ? null : new(party.UserId, party.DeviceId, party.DisplayName);
}
