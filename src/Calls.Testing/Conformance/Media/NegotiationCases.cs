using Calls.Media;
using static Calls.Testing.MediaConformance;

namespace Calls.Testing;

/// <summary>Further offers inside a session.</summary>
internal static class NegotiationCases
{
    private const string Fragment = "a=ice-ufrag:";

    public static IReadOnlyList<ConformanceCase<IMediaRig>> All =>
    [
        Of("Either_side_may_offer_again", "Inside a connected session either side offers again and is answered.", async trial =>
        {
            var (first, second) = await trial.CallAsync().ConfigureAwait(false);
            await trial.AgreeAsync(second, first).ConfigureAwait(false);
            await trial.AgreeAsync(first, second).ConfigureAwait(false);
            await StillConnectedAsync(trial, first).ConfigureAwait(false);
        }, capabilities: MediaCapabilities.Renegotiation),
        Of("An_offer_can_be_taken_back", "After RollbackAsync the session answers the other side's offer instead (RFC 9429, section 4.1.10.2).", async trial =>
        {
            var (first, second) = await trial.CallAsync().ConfigureAwait(false);
            await trial.OfferAsync(first).ConfigureAwait(false);
            await trial.InTime(first.Session.RollbackAsync(), "RollbackAsync completes.").ConfigureAwait(false);
            await trial.AgreeAsync(second, first).ConfigureAwait(false);
            await StillConnectedAsync(trial, first).ConfigureAwait(false);
        }, capabilities: MediaCapabilities.Renegotiation),
        Of("An_ICE_restart_is_a_new_generation", "An offer with iceRestart has new ICE credentials (RFC 8445, section 9), and is answered.", async trial =>
        {
            var (first, second) = await trial.CallAsync().ConfigureAwait(false);
            var before = first.Offer;
            var offer = await trial.OfferAsync(first, iceRestart: true).ConfigureAwait(false);
            trial.Check(Credentials(offer) is { Count: > 0 } && !Credentials(offer).Overlaps(Credentials(before)), "a new ice-ufrag", Credentials(offer));
            await trial.TakeAsync(first, await trial.AnswerAsync(second, offer).ConfigureAwait(false)).ConfigureAwait(false);
            await trial.CarryAsync(first, second).ConfigureAwait(false);
            await StillConnectedAsync(trial, first).ConfigureAwait(false);
        }, capabilities: MediaCapabilities.IceRestart),
    ];

    // An ICE restart may tell Connecting for a moment; what is asked for is that it ends well.
    private static Task StillConnectedAsync(MediaTrial trial, MediaSide side)
        => trial.Until(() => side.States is [.., MediaConnectionState.Connected], "Connected at last", () => side.States);

    private static HashSet<string> Credentials(string sdp)
        => [.. sdp.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.StartsWith(Fragment, StringComparison.Ordinal)).Select(line => line[Fragment.Length..])];
}
