using Calls.Media;

namespace Calls.Testing;

/// <summary>One run of a media case: the engine, and the devices and sessions that the case made with it.</summary>
internal sealed class MediaTrial(string name, IMediaRig rig) : Trial(name, rig.Patience), IAsyncDisposable
{
    private static readonly MediaRequest Voice = new(Video: false);

    private readonly List<IAsyncDisposable> _made = [];

    public IMediaRig Rig => rig;

    public IMediaSource Source => rig.Source;

    public async Task<ILocalMedia> OpenAsync(MediaRequest request, CancellationToken cancellationToken = default)
    {
        var media = await InTime(Source.OpenAsync(request, cancellationToken), "OpenAsync completes.").ConfigureAwait(false);
        _made.Add(media);
        return media;
    }

    /// <summary>A session with an open microphone, or without any device.</summary>
    /// <param name="devices">Whether to open and attach a microphone.</param>
    /// <param name="listens">Whether somebody subscribes to its events at once.</param>
    public async Task<MediaSide> SideAsync(bool devices = true, bool listens = true)
    {
        var session = await InTime(Source.ConnectAsync(new MediaSessionOptions()), "ConnectAsync completes.").ConfigureAwait(false);
        MediaSide side = new(session);
        _made.Add(session);
        if (listens)
            side.Listen();
        if (devices)
            await AttachAsync(side).ConfigureAwait(false);
        return side;
    }

    /// <summary>Opens a microphone and sends it.</summary>
    public async Task AttachAsync(MediaSide side)
        => await InTime(side.Session.AttachAsync(await OpenAsync(Voice).ConfigureAwait(false)), "AttachAsync completes.").ConfigureAwait(false);

    public async Task<string> OfferAsync(MediaSide side, bool iceRestart = false)
        => side.Offer = await InTime(side.Session.CreateOfferAsync(iceRestart), "CreateOfferAsync completes.").ConfigureAwait(false);

    public Task<string> AnswerAsync(MediaSide side, string offer) => InTime(side.Session.AnswerOfferAsync(offer), "AnswerOfferAsync completes.");

    /// <summary>One offer and its answer, without candidates.</summary>
    public async Task AgreeAsync(MediaSide offerer, MediaSide answerer, bool iceRestart = false)
    {
        var offer = await OfferAsync(offerer, iceRestart).ConfigureAwait(false);
        await TakeAsync(offerer, await AnswerAsync(answerer, offer).ConfigureAwait(false)).ConfigureAwait(false);
    }

    public Task TakeAsync(MediaSide side, string answer) => InTime(side.Session.TakeAnswerAsync(answer), "TakeAnswerAsync completes.");

    /// <summary>Gives to each side the candidates of the other that it has not got yet.</summary>
    public async Task CarryAsync(MediaSide one, MediaSide other)
    {
        foreach (var (from, to) in new[] { (one, other), (other, one) })
        {
            if (from.TakeGathered() is { Count: > 0 } candidates)
                await InTime(to.Session.AddCandidatesAsync(candidates), "AddCandidatesAsync completes.").ConfigureAwait(false);
        }
    }

    /// <summary>Carries candidates until <paramref name="side"/> tells that it is connected.</summary>
    public Task ConnectedAsync(MediaSide side, MediaSide other) => Until(async () =>
    {
        await CarryAsync(side, other).ConfigureAwait(false);
        return side.States.Contains(MediaConnectionState.Connected);
    }, "the state Connected", () => side.States);

    /// <summary>Two sessions that talk; the first one made the offer.</summary>
    public async Task<(MediaSide Offerer, MediaSide Answerer)> CallAsync(bool devices = true)
    {
        var offerer = await SideAsync(devices).ConfigureAwait(false);
        var answerer = await SideAsync(devices).ConfigureAwait(false);
        await AgreeAsync(offerer, answerer).ConfigureAwait(false);
        await ConnectedAsync(offerer, answerer).ConfigureAwait(false);
        return (offerer, answerer);
    }

    public Task DisposeAsync(IAsyncDisposable one) => InTime(one.DisposeAsync().AsTask(), "DisposeAsync completes.");

    public async Task NoDeviceIsOpenAsync(string expected)
    {
        var open = 0;
        await Until(async () => (open = await rig.OpenDevicesAsync().ConfigureAwait(false)) == 0, expected, () => $"{open} open").ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        // Only the cases about disposal judge it.
        var disposing = Task.WhenAll(_made.Select(async one => await one.DisposeAsync().ConfigureAwait(false)));
        await Task.WhenAny(disposing, Task.Delay(Patience, TimeProvider.System)).ConfigureAwait(false);
        _ = disposing.Exception;
    }
}
