using Calls.Media;
using static Calls.Testing.MediaConformance;

namespace Calls.Testing;

/// <summary>The end of a session.</summary>
internal static class MediaDisposalCases
{
    public static IReadOnlyList<ConformanceCase<IMediaRig>> All =>
    [
        Of("Disposing_completes_the_events", "When DisposeAsync is done, Events has completed, without an error, also for who subscribes later.", async trial =>
        {
            var (offerer, _) = await trial.CallAsync().ConfigureAwait(false);
            await trial.DisposeAsync(offerer.Session).ConfigureAwait(false);
            trial.Check(offerer.Events is { IsCompleted: true, Error: null }, "completed events", offerer.Events?.Error?.Message ?? "events without an end");
            trial.Check(new Recording<MediaSessionEvent>(offerer.Session.Events).IsCompleted, "the end for a late observer", "no end");
        }),
        Of("Disposing_twice_is_harmless", "A session may be disposed of twice.", async trial =>
        {
            var side = await trial.SideAsync().ConfigureAwait(false);
            await trial.DisposeAsync(side.Session).ConfigureAwait(false);
            await trial.DisposeAsync(side.Session).ConfigureAwait(false);
        }),
        Of("Disposing_during_a_method_ends_it", "A session may be disposed of while a method runs; that method completes or throws.", async trial =>
        {
            var side = await trial.SideAsync().ConfigureAwait(false);
            var offering = side.Session.CreateOfferAsync();
            await trial.DisposeAsync(side.Session).ConfigureAwait(false);
            try
            {
                await trial.InTime(offering, "CreateOfferAsync ends.").ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is MediaException or OperationCanceledException)
            {
                // It came too late: that is told.
            }
        }),
        Of("A_disposed_session_refuses", "A method of a disposed session throws the MediaException EngineLost.", async trial =>
        {
            var side = await trial.SideAsync().ConfigureAwait(false);
            await trial.DisposeAsync(side.Session).ConfigureAwait(false);
            var failure = await trial.Throws<MediaException>(() => trial.OfferAsync(side), "MediaException").ConfigureAwait(false);
            trial.Check(failure.Failure == MediaFailure.EngineLost, "EngineLost", failure.Failure);
        }),
        Of("Devices_outlive_a_session", "Disposing of a session closes no device: the next session of the call sends them.", async trial =>
        {
            var side = await trial.SideAsync(devices: false).ConfigureAwait(false);
            var media = await trial.OpenAsync(new(Video: false)).ConfigureAwait(false);
            await trial.InTime(side.Session.AttachAsync(media), "AttachAsync completes.").ConfigureAwait(false);
            await trial.OfferAsync(side).ConfigureAwait(false);
            await trial.DisposeAsync(side.Session).ConfigureAwait(false);
            trial.Check(await trial.Rig.OpenDevicesAsync().ConfigureAwait(false) > 0, "open devices", "none");
            trial.Check(await trial.Rig.GivesSoundAsync(media).ConfigureAwait(false), "the microphone's sound", "none");
        }),
    ];
}
