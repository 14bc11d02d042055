using Calls.Machine;
using Calls.Media;
using Calls.Signaling;

namespace Calls.ModelCheck;

/// <summary>The engine's own work: what needs no choice is done as soon as it is the turn of it.</summary>
internal static class MediaTurn
{
    public static void Enqueue(World world, Device device, MediaJob job)
    {
        var media = device.Media ?? new Media(device.State.Call!.DevicesId);
        NoCaptureBeforeConsent.Ordered(world, device, media, job);
        NoPacketBeforeConsent.Ordered(world, device, job);
        device.Media = media with { Queue = media.Queue.Add(job) };
        Work(world, device);
    }

    /// <summary>The order whose outcome is a choice, if one is under way.</summary>
    public static MediaJob? Pending(Device device) => device.Media is { Queue: [var head, ..] } ? head : null;

    /// <summary>What an order brings; the order is done.</summary>
    public static CallInput? Finish(World world, Device device, bool fails)
    {
        var media = device.Media!;
        var job = media.Queue[0];
        media = media with { Queue = media.Queue.RemoveAt(0) };
        var session = media.Session;
        CallInput? report = null;
        switch (job.Order)
        {
            case MediaOrder.Open when fails:
                report = new MediaFailed(media.DevicesId, MediaOrder.Open, new MediaException(MediaFailure.PermissionDenied, "refused"));
                break;
            case MediaOrder.Open:
                var wish = (DeviceWish)job.Subject!;
                media = media with { IsOpen = true, Opens = media.Opens + 1, Devices = wish };
                if (media.Opens > 1)
                    world.Break(nameof(OneSession), $"{Names.Title(device.Index)} opened its devices twice in one call");
                report = new MediaOpened(media.DevicesId, wish.Muted, wish.Video);
                break;
            case MediaOrder.SetDevices:
                var asked = (DeviceWish)job.Subject!;
                var actual = fails ? asked with { Video = VideoSource.Off } : asked;
                media = media with { Devices = actual };
                report = new DevicesSet(media.DevicesId, asked, actual, fails ? new MediaException(MediaFailure.NoDevice, "no camera") : null);
                break;
            case MediaOrder.CreateOffer or MediaOrder.RestartIce when session is not null:
                media = media with { Session = session with { HasCandidates = session.Remote < 0 } };
                report = new OfferCreated(session.Call, Names.Offer(session.Call, device.Index));
                break;
            case MediaOrder.AnswerOffer when session is not null && fails:
                report = new MediaFailed(job.Call, MediaOrder.AnswerOffer, new MediaException(MediaFailure.BadDescription, "bad"));
                break;
            case MediaOrder.AnswerOffer when session is not null:
                var first = session.Remote < 0;
                media = media with { Session = Remote(world, device, session, (string)job.Subject!) with { HasCandidates = first } };
                report = new AnswerCreated(session.Call, Names.Answer(session.Call, device.Index));
                break;
        }

        device.Media = media;
        Work(world, device);
        return report;
    }

    private static void Work(World world, Device device)
    {
        while (device.Media is { Queue: [var job, ..] } media
            && job.Order is null or MediaOrder.Connect or MediaOrder.TakeAnswer or MediaOrder.Rollback)
        {
            var session = media.Session;
            if (job.Order == MediaOrder.Connect)
                session = new Session(job.Call, -1, MediaConnectionState.New, HasCandidates: false);
            else if (job.Order == MediaOrder.TakeAnswer && session is not null)
                session = Remote(world, device, session, (string)job.Subject!);
            else if (job.Order is null && session is not null)
                OwnCallOnly.Candidates(world, device, session, (IReadOnlyList<IceCandidate>)job.Subject!);
            device.Media = media with { Queue = media.Queue.RemoveAt(0), Session = session };
        }
    }

    private static Session Remote(World world, Device device, Session session, string sdp)
    {
        OwnCallOnly.Description(world, device, session, sdp);
        var link = session is { Link: MediaConnectionState.Failed, IsDead: false } ? MediaConnectionState.New : session.Link;
        return session with { Remote = Names.Maker(sdp), Link = link };
    }

    /// <summary>The peer's session, if it and this one have each other's descriptions.</summary>
    public static Session? Mate(World world, Device device)
    {
        if (device.Media?.Session is not { Remote: >= 0, IsDead: false } mine)
            return null;
        var theirs = world.Devices[mine.Remote].Media?.Session;
        return theirs is { IsDead: false } && theirs.Call == mine.Call && theirs.Remote == device.Index ? theirs : null;
    }
}
