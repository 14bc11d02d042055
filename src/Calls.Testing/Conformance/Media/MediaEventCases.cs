using Calls.Media;
using static Calls.Testing.MediaConformance;

namespace Calls.Testing;

/// <summary>What a session raises.</summary>
internal static class MediaEventCases
{
    public static IReadOnlyList<ConformanceCase<IMediaRig>> All =>
    [
        Of("The_remote_stream_comes_once", "RemoteStreamAdded is raised once, however many tracks the other side sends.", async trial =>
        {
            var (offerer, _) = await trial.CallAsync().ConfigureAwait(false);
            await trial.Until(() => Streams(offerer).Count > 0, "the remote stream", () => offerer.All).ConfigureAwait(false);
            await Trial.BeQuiet().ConfigureAwait(false);
            trial.Check(Streams(offerer).Count == 1, "one RemoteStreamAdded", Streams(offerer).Count);
            trial.Check(Streams(offerer)[0].Stream.Id.Length > 0, "a stream with an id", "an empty id");
        }),
        Of("Events_before_the_first_subscription_are_kept", "Whoever subscribes first hears what happened before.", async trial =>
        {
            var side = await trial.SideAsync(listens: false).ConfigureAwait(false);
            await trial.OfferAsync(side).ConfigureAwait(false);
            await Trial.BeQuiet().ConfigureAwait(false);
            side.Listen();
            await trial.Until(() => side.Gathered.Count > 0, "the candidates gathered before", () => side.All).ConfigureAwait(false);
        }),
        Of("Kept_events_come_in_order", "What was kept for the first subscription comes in the order in which it happened.", async trial =>
        {
            // Without its candidates the other side learns its address from its own checks (RFC 8445, section 7.3.1.3).
            var offerer = await trial.SideAsync(listens: false).ConfigureAwait(false);
            var answerer = await trial.SideAsync().ConfigureAwait(false);
            await trial.AgreeAsync(offerer, answerer).ConfigureAwait(false);
            await trial.Until(async () =>
            {
                await trial.CarryAsync(answerer, offerer).ConfigureAwait(false);
                return Streams(answerer).Count > 0;
            }, "the remote stream of the other side", () => answerer.All).ConfigureAwait(false);
            await Trial.BeQuiet().ConfigureAwait(false);
            offerer.Listen();
            await trial.ConnectedAsync(offerer, answerer).ConfigureAwait(false);
            var (gathered, connected) = (First<LocalCandidatesGathered>(offerer), First<ConnectionStateChanged>(offerer));
            trial.Check(gathered < connected || gathered == offerer.All.Count, "candidates before the connection that they make", offerer.All);
        }),
        Of("A_later_subscription_hears_nothing_old", "What was kept is kept for the first subscription only; a later one hears what happens from then on.", async trial =>
        {
            var (offerer, _) = await trial.CallAsync().ConfigureAwait(false);
            await Trial.BeQuiet().ConfigureAwait(false);
            Recording<MediaSessionEvent> later = new(offerer.Session.Events);
            trial.Check(!later.All.Any(one => one is ConnectionStateChanged { State: MediaConnectionState.Connected }), "nothing that is past", later.All);
        }),
    ];

    private static int First<TEvent>(MediaSide side)
        => side.All.TakeWhile(one => one is not TEvent || one is ConnectionStateChanged { State: not MediaConnectionState.Connected }).Count();

    private static IReadOnlyList<RemoteStreamAdded> Streams(MediaSide side) => [.. side.All.OfType<RemoteStreamAdded>()];
}
