using System.Reactive.Linq;
using System.Reactive.Subjects;
using Calls.Media;
using Calls.Signaling;

namespace Calls.Testing.Tests;

/// <summary>A scripted session with one flaw.</summary>
internal sealed class FlawedMediaSession : IMediaSession
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    private readonly IMediaSession _sound;
    private readonly MediaFlaw _flaw;
    private FlawedLocalMedia? _attached;
    private volatile bool _isDisposed;
    private bool _answersFirst;
    private bool _offered;
    private bool _isPrepared;
    private bool _isToOffer;
    private bool _restarts;
    private bool _isDescribed;
    private int _taken;

    public FlawedMediaSession(IMediaSession sound, MediaFlaw flaw, FlawedDevices? devices)
    {
        (_sound, _flaw) = (sound, flaw);
        Events = flaw switch
        {
            MediaFlaw.Both_sides_are_connected
                => sound.Events.Where(one => !_answersFirst || one is not ConnectionStateChanged { State: MediaConnectionState.Connected }),
            MediaFlaw.The_remote_stream_comes_once => sound.Events.SelectMany(one => Enumerable.Repeat(one, one is RemoteStreamAdded ? 2 : 1)),
            MediaFlaw.Events_before_the_first_subscription_are_kept => Kept(sound.Events, early => early.Where(one => one is not LocalCandidatesGathered)),
            MediaFlaw.Kept_events_come_in_order => Kept(sound.Events, early => early.Reverse()),
            MediaFlaw.A_later_subscription_hears_nothing_old => Replayed(sound.Events),
            MediaFlaw.A_device_is_chosen_in_a_call_without_a_negotiation => sound.Events.Publish(all => all.Merge(Observable
                .FromEvent(heard => devices!.HasChosen += heard, heard => devices!.HasChosen -= heard)
                .Select(_ => new NegotiationNeeded()).TakeUntil(all.IgnoreElements().Materialize()))),
            MediaFlaw.Disposing_completes_the_events => sound.Events.Concat(Observable.Never<MediaSessionEvent>()),
            _ => sound.Events,
        };
    }

    public IObservable<MediaSessionEvent> Events { get; }

    public Task AttachAsync(ILocalMedia media, CancellationToken cancellationToken = default)
    {
        _attached = (FlawedLocalMedia)media;
        return _sound.AttachAsync(_attached.Sound, cancellationToken);
    }

    public Task PrepareOfferAsync(CancellationToken cancellationToken = default)
    {
        _isToOffer = true;
        return _sound.PrepareOfferAsync(cancellationToken);
    }

    public async Task<string> CreateOfferAsync(bool iceRestart = false, CancellationToken cancellationToken = default)
    {
        if (_isDisposed && _flaw is MediaFlaw.A_disposed_session_refuses)
            return "v=0\r\n";
        if (_isToOffer && _flaw is MediaFlaw.An_offer_may_be_prepared_ahead)
            throw new MediaException(MediaFailure.Other, "It has an offer already.");
        if (_attached is null && _flaw is MediaFlaw.It_connects_before_any_device_is_open)
            throw new MediaException(MediaFailure.NotSupported, "No device is open.");
        if (!_isDisposed && _flaw is MediaFlaw.Disposing_during_a_method_ends_it)
        {
            await Task.Delay(Moment, TimeProvider.System, cancellationToken);
            if (_isDisposed)
                await new TaskCompletionSource().Task;
        }

        (_offered, _restarts) = (true, iceRestart);
        var offer = await _sound.CreateOfferAsync(iceRestart && _flaw is not MediaFlaw.An_ICE_restart_is_a_new_generation, cancellationToken);
        return _flaw is MediaFlaw.An_offer_has_one_audio_and_one_video_section ? WithoutVideo(offer) : offer;
    }

    public Task PrepareAnswerAsync(string offer, IReadOnlyList<IceCandidate> candidates, CancellationToken cancellationToken = default)
    {
        if (_flaw is MediaFlaw.A_bad_offer_told_ahead_is_told_by_the_answer && !offer.Contains("m=", StringComparison.Ordinal))
            throw new MediaException(MediaFailure.BadDescription, "This is no offer.");
        _isPrepared = true;
        return _sound.PrepareAnswerAsync(offer, candidates, cancellationToken);
    }

    public async Task<string> AnswerOfferAsync(string offer, CancellationToken cancellationToken = default)
    {
        _answersFirst = !_offered;
        if (_isPrepared && _flaw is MediaFlaw.An_offer_may_be_told_ahead)
            throw new MediaException(MediaFailure.BadDescription, "It has an offer already.");
        try
        {
            var answer = await _sound.AnswerOfferAsync(offer, cancellationToken);
            _isDescribed = true;
            return _flaw is MediaFlaw.An_answer_has_the_sections_of_the_offer ? WithoutVideo(answer) : answer;
        }
        catch (MediaException exception) when (_flaw is MediaFlaw.A_bad_offer_is_told && !_isPrepared)
        {
            throw new FormatException(exception.Message);
        }
    }

    public async Task TakeAnswerAsync(string answer, CancellationToken cancellationToken = default)
    {
        if (++_taken == 2 && !_restarts && _flaw is MediaFlaw.Either_side_may_offer_again)
            throw new MediaException(MediaFailure.NotSupported, "Once is enough.");
        try
        {
            _isDescribed = true;
            await _sound.TakeAnswerAsync(answer, cancellationToken);
        }
        catch (MediaException exception) when (_flaw is MediaFlaw.A_bad_answer_is_told)
        {
            throw new FormatException(exception.Message);
        }
    }

    public Task RollbackAsync(CancellationToken cancellationToken = default)
        => _flaw is MediaFlaw.An_offer_can_be_taken_back ? Task.CompletedTask : _sound.RollbackAsync(cancellationToken);

    public Task AddCandidatesAsync(IReadOnlyList<IceCandidate> candidates, CancellationToken cancellationToken = default)
        => (_flaw is MediaFlaw.Candidates_before_the_description_do_no_harm && !_isDescribed && !_isPrepared)
            || (_flaw is MediaFlaw.A_bad_candidate_is_passed_over && candidates.Any(one => !one.Candidate.Contains(" typ ", StringComparison.Ordinal)))
            ? throw new MediaException(MediaFailure.BadDescription, "These candidates do not fit.")
            : _sound.AddCandidatesAsync(candidates, cancellationToken);

    public Task<MediaStatistics?> GetStatisticsAsync(CancellationToken cancellationToken = default)
        => _flaw is MediaFlaw.Statistics_are_told ? Task.FromResult<MediaStatistics?>(null) : _sound.GetStatisticsAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed && _flaw is MediaFlaw.Disposing_twice_is_harmless)
            throw new InvalidOperationException("Already disposed.");
        _isDisposed = true;
        await _sound.DisposeAsync();
        if (_flaw is MediaFlaw.Devices_outlive_a_session && _attached is not null)
            await _attached.DisposeAsync();
    }

    private static string WithoutVideo(string sdp) => sdp[..sdp.IndexOf("m=video", StringComparison.Ordinal)];

    private static IObservable<MediaSessionEvent> Kept(
        IObservable<MediaSessionEvent> events, Func<IEnumerable<MediaSessionEvent>, IEnumerable<MediaSessionEvent>> alter)
    {
        List<MediaSessionEvent> early = [];
        Subject<MediaSessionEvent> live = new();
        var isHeard = false;
        events.Where(one => isHeard || !Keep(one)).Subscribe(live);
        return Observable.Defer(() =>
        {
            isHeard = true;
            MediaSessionEvent[] first = [.. alter(early)];
            early.Clear();
            return live.StartWith(first);
        });

        bool Keep(MediaSessionEvent one)
        {
            early.Add(one);
            return true;
        }
    }

    private static ReplaySubject<MediaSessionEvent> Replayed(IObservable<MediaSessionEvent> events)
    {
        ReplaySubject<MediaSessionEvent> all = new();
        events.Subscribe(all);
        return all;
    }
}
