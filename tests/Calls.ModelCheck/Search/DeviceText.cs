using Calls.Machine;
using Calls.Signaling;

namespace Calls.ModelCheck;

/// <summary>A device as canonical bytes.</summary>
internal static class DeviceText
{
    public static void Write(ByteText text, Device device)
    {
        text.Write((device.IsUp ? 1 : 0) | (device.IsReady ? 2 : 0) | (device.IsKnown ? 4 : 0) | (device.Starts << 3));
        text.Calls(device.Consent);
        text.Calls(device.Ends);
        foreach (var timer in device.Timers)
            text.Call(timer);
        Machine(text, device.State);
        foreach (var (id, stream) in device.Streams.All)
        {
            text.Call(id);
            text.Write(stream.LastSent);
            text.Write(stream.Received);
            text.Write(stream.Ahead);
            text.Write(stream.IsOver);
            Messages(text, stream.Kept);
        }

        Messages(text, device.ToServer);
        Messages(text, device.FromServer);
        Media(text, device.Media);
    }

    public static void Messages<T>(ByteText text, IReadOnlyList<T> messages)
        where T : SignalingMessage
    {
        text.Write(messages.Count);
        for (var i = 0; i < messages.Count; i++)
            MessageText.Write(text, messages[i]);
    }

    private static void Machine(ByteText text, MachineState state)
    {
        text.Write((int)state.State | (state.Self is null ? 128 : 0));
        text.Calls(state.Over.Ids);
        foreach (var entry in state.Early.Entries)
        {
            text.Call(entry.Id);
            MessageText.Candidates(text, entry.Candidates);
        }

        if (state.Call is not { } call)
            return;
        text.Call(call.Id);
        text.Call(call.DevicesId);
        text.Device(Names.Device(call.Peer));
        text.Write((int)call.Role | (call.IsVideoCall ? 2 : 0) | ((int)call.Media << 2) | (call.DescriptionSent ? 16 : 0)
            | (call.DescriptionDelivered ? 32 : 0) | (call.RemoteApplied ? 64 : 0) | (call.IsPeerRinging ? 128 : 0));
        Wish(text, call.Devices.Wanted);
        Wish(text, call.Devices.Actual);
        text.Write((call.Devices.Busy ? 1 : 0) | (call.IsReconnecting ? 2 : 0) | (call.IsOnHold ? 8 : 0) | (call.IsCameraBehindScreen ? 16 : 0) | (call.IsForgotten ? 32 : 0) | (call.NeedsNewSession ? 64 : 0));
        Wish(text, call.Told);
        Wish(text, call.PeerDevices);
        text.Made(call.RemoteOffer);
        MessageText.Candidates(text, call.HeldLocal);
        MessageText.Candidates(text, call.HeldRemote);
        var negotiation = call.Negotiation;
        text.Write((int)negotiation.Stage | (negotiation.Again ? 8 : 0) | (negotiation.Restart ? 16 : 0) | (negotiation.Fresh ? 32 : 0));
        text.Write(negotiation.Round);
        text.Write(negotiation.Refusals);
        if (call.End is { } end)
        {
            text.Write((int)end.Reason);
            text.Write((int)end.By);
            text.Write((int)end.In);
        }
    }

    private static void Wish(ByteText text, DeviceWish wish) => text.Write((wish.Muted ? 1 : 0) | ((int)wish.Video << 1) | (wish.Held ? 8 : 0));

    private static void Media(ByteText text, Media? media)
    {
        text.Write(media is not null);
        if (media is null)
            return;
        text.Call(media.DevicesId);
        text.Write((media.IsOpen ? 1 : 0) | (media.Opens << 1));
        Wish(text, media.Devices);
        text.Write(media.Queue.Length);
        foreach (var job in media.Queue)
        {
            text.Call(job.Call);
            text.Write(job.Order is { } order ? (int)order : 255);
            if (job.Subject is DeviceWish wish)
                Wish(text, wish);
            else if (job.Subject is string sdp)
                text.Made(sdp);
            else if (job.Subject is IReadOnlyList<IceCandidate> candidates)
                MessageText.Candidates(text, candidates);
        }

        if (media.Session is not { } session)
            return;
        text.Call(session.Call);
        text.Device(session.Remote);
        text.Write((int)session.Link | (session.HasCandidates ? 128 : 0) | (session.IsDead ? 64 : 0));
    }
}
