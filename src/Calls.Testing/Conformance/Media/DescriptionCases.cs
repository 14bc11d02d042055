using Calls.Media;
using static Calls.Testing.MediaConformance;

namespace Calls.Testing;

/// <summary>Offers and answers.</summary>
internal static class DescriptionCases
{
    private const string Nonsense = "This is no session description.";

    public static IReadOnlyList<ConformanceCase<IMediaRig>> All =>
    [
        Of("An_offer_has_one_audio_and_one_video_section", "An offer has one audio and one video section, in a voice call as well (RFC 8866, section 5.14).", async trial =>
        {
            var offer = await trial.OfferAsync(await trial.SideAsync().ConfigureAwait(false)).ConfigureAwait(false);
            trial.Equal(["audio", "video"], Sections(offer).Order(), "one section of each");
        }),
        Of("An_answer_has_the_sections_of_the_offer", "An answer has the sections of the offer, in its order (RFC 3264, section 6).", async trial =>
        {
            var offer = await trial.OfferAsync(await trial.SideAsync().ConfigureAwait(false)).ConfigureAwait(false);
            var answer = await trial.AnswerAsync(await trial.SideAsync().ConfigureAwait(false), offer).ConfigureAwait(false);
            trial.Equal(Sections(offer), Sections(answer), "the sections of the offer");
        }),
        Of("A_bad_offer_is_told", "AnswerOfferAsync throws the MediaException BadDescription for what is no offer.", async trial =>
        {
            var side = await trial.SideAsync().ConfigureAwait(false);
            var failure = await trial.Throws<MediaException>(() => trial.AnswerAsync(side, Nonsense), "MediaException").ConfigureAwait(false);
            trial.Check(failure.Failure == MediaFailure.BadDescription, "BadDescription", failure.Failure);
        }),
        Of("A_bad_answer_is_told", "TakeAnswerAsync throws the MediaException BadDescription for what is no answer.", async trial =>
        {
            var side = await trial.SideAsync().ConfigureAwait(false);
            await trial.OfferAsync(side).ConfigureAwait(false);
            var failure = await trial.Throws<MediaException>(() => trial.TakeAsync(side, Nonsense), "MediaException").ConfigureAwait(false);
            trial.Check(failure.Failure == MediaFailure.BadDescription, "BadDescription", failure.Failure);
        }),
    ];

    private static IEnumerable<string> Sections(string sdp)
        => sdp.Split('\n').Where(line => line.StartsWith("m=", StringComparison.Ordinal)).Select(line => line[2..].Split(' ')[0]);
}
