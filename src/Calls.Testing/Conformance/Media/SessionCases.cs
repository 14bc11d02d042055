using Calls.Media;
using Calls.Signaling;
using static Calls.Testing.MediaConformance;

namespace Calls.Testing;

/// <summary>Two sessions find each other.</summary>
internal static class SessionCases
{
    private static readonly IceCandidate Bad = new("candidate:this is none", "0", 0);

    public static IReadOnlyList<ConformanceCase<IMediaRig>> All =>
    [
        Of("Connecting_opens_no_device", "ConnectAsync makes a connection and asks for no device.", async trial =>
        {
            await trial.SideAsync(devices: false).ConfigureAwait(false);
            await Trial.BeQuiet().ConfigureAwait(false);
            var openings = await trial.Rig.OpeningsAsync().ConfigureAwait(false);
            trial.Check(openings == 0, "no opening", openings);
        }),
        Of("Both_sides_are_connected", "After offer, answer and candidates both sides tell that they are connected.", async trial =>
        {
            var (offerer, answerer) = await trial.CallAsync().ConfigureAwait(false);
            await trial.ConnectedAsync(answerer, offerer).ConfigureAwait(false);
        }),
        Of("It_connects_before_any_device_is_open", "Two sessions connect without any device.", async trial
            => await trial.CallAsync(devices: false).ConfigureAwait(false), capabilities: MediaCapabilities.PreConnect),
        Of("An_offer_may_be_prepared_ahead", "A session that was told that it is going to offer offers as any other once its devices are there, and connects.", async trial =>
        {
            var offerer = await trial.SideAsync(devices: false).ConfigureAwait(false);
            var answerer = await trial.SideAsync().ConfigureAwait(false);
            await trial.InTime(offerer.Session.PrepareOfferAsync(), "PrepareOfferAsync completes.").ConfigureAwait(false);
            await trial.AttachAsync(offerer).ConfigureAwait(false);
            await trial.AgreeAsync(offerer, answerer).ConfigureAwait(false);
            await trial.ConnectedAsync(offerer, answerer).ConfigureAwait(false);
        }, capabilities: MediaCapabilities.PreConnect),
        Of("An_offer_may_be_told_ahead", "A session that was told the offer ahead, and candidates after it, answers as any other, and connects.", async trial =>
        {
            var offerer = await trial.SideAsync().ConfigureAwait(false);
            var answerer = await trial.SideAsync(devices: false).ConfigureAwait(false);
            var offer = await trial.OfferAsync(offerer).ConfigureAwait(false);
            await trial.InTime(answerer.Session.PrepareAnswerAsync(offer, [Bad]), "PrepareAnswerAsync completes.").ConfigureAwait(false);
            await trial.Until(() => offerer.Gathered.Count > 0, "gathered candidates", () => offerer.All).ConfigureAwait(false);
            await trial.InTime(answerer.Session.AddCandidatesAsync(offerer.Gathered), "AddCandidatesAsync completes.").ConfigureAwait(false);
            await trial.AttachAsync(answerer).ConfigureAwait(false);
            await trial.TakeAsync(offerer, await trial.AnswerAsync(answerer, offer).ConfigureAwait(false)).ConfigureAwait(false);
            await trial.ConnectedAsync(offerer, answerer).ConfigureAwait(false);
        }, capabilities: MediaCapabilities.PreConnect),
        Of("A_bad_offer_told_ahead_is_told_by_the_answer", "What is wrong with an offer that was told ahead is thrown by AnswerOfferAsync.", async trial =>
        {
            var side = await trial.SideAsync().ConfigureAwait(false);
            await trial.InTime(side.Session.PrepareAnswerAsync("This is none.", []), "PrepareAnswerAsync completes.").ConfigureAwait(false);
            var failure = await trial.Throws<MediaException>(() => trial.AnswerAsync(side, "This is none."), "MediaException").ConfigureAwait(false);
            trial.Check(failure.Failure == MediaFailure.BadDescription, "BadDescription", failure.Failure);
        }, capabilities: MediaCapabilities.PreConnect),
        Of("Candidates_before_the_description_do_no_harm", "Candidates that come before the description throw nothing, and end no session.", async trial =>
        {
            var offerer = await trial.SideAsync().ConfigureAwait(false);
            var answerer = await trial.SideAsync().ConfigureAwait(false);
            var offer = await trial.OfferAsync(offerer).ConfigureAwait(false);
            await trial.Until(() => offerer.Gathered.Count > 0, "gathered candidates", () => offerer.All).ConfigureAwait(false);
            await trial.InTime(answerer.Session.AddCandidatesAsync(offerer.Gathered), "AddCandidatesAsync completes.").ConfigureAwait(false);
            await trial.TakeAsync(offerer, await trial.AnswerAsync(answerer, offer).ConfigureAwait(false)).ConfigureAwait(false);
            await trial.ConnectedAsync(offerer, answerer).ConfigureAwait(false);
        }),
        Of("A_bad_candidate_is_passed_over", "A candidate that the engine cannot use is passed over; those after it in the same list count.", async trial =>
        {
            var offerer = await trial.SideAsync().ConfigureAwait(false);
            var answerer = await trial.SideAsync().ConfigureAwait(false);
            await trial.AgreeAsync(offerer, answerer).ConfigureAwait(false);
            await trial.Until(() => offerer.Gathered.Count > 0, "gathered candidates", () => offerer.All).ConfigureAwait(false);
            await trial.InTime(answerer.Session.AddCandidatesAsync([Bad, .. offerer.TakeGathered()]), "AddCandidatesAsync completes.").ConfigureAwait(false);
            await trial.ConnectedAsync(offerer, answerer).ConfigureAwait(false);
        }),
        Of("Statistics_are_told", "A connected session tells statistics.", async trial =>
        {
            var (offerer, _) = await trial.CallAsync().ConfigureAwait(false);
            var statistics = await trial.InTime(offerer.Session.GetStatisticsAsync(), "GetStatisticsAsync completes.").ConfigureAwait(false);
            trial.Check(statistics is not null && statistics != new MediaStatistics(), "statistics", statistics);
        }, capabilities: MediaCapabilities.Statistics),
    ];
}
