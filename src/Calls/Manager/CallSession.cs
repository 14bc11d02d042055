using Calls.Machine;
using Calls.Media;

namespace Calls;

/// <summary>One peer connection and the call that it was made for; what it reports bears that call's id.</summary>
internal sealed class CallSession : IAsyncDisposable
{
    private readonly CallId _call;
    private readonly Action<CallInput> _report;
    private readonly Action<CallId, IRemoteStream> _remote;
    private readonly IDisposable _events;
    private bool _hasRemote;

    public CallSession(CallId call, IMediaSession session, Action<CallInput> report, Action<CallId, IRemoteStream> remote)
    {
        _call = call;
        _report = report;
        _remote = remote;
        Session = session;
        _events = session.Events.Subscribe(new Listener<MediaSessionEvent>(Report));
    }

    public IMediaSession Session { get; }

    public async Task CreateOfferAsync(bool iceRestart, CancellationToken cancellationToken)
        => _report(new OfferCreated(_call, await Session.CreateOfferAsync(iceRestart, cancellationToken).ConfigureAwait(false)));

    public async Task AnswerOfferAsync(string offer, CancellationToken cancellationToken)
        => _report(new AnswerCreated(_call, await Session.AnswerOfferAsync(offer, cancellationToken).ConfigureAwait(false)));

    public ValueTask DisposeAsync()
    {
        _events.Dispose();
        return Session.DisposeAsync();
    }

    private void Report(MediaSessionEvent happened)
    {
        switch (happened)
        {
            case LocalCandidatesGathered gathered:
                _report(new LocalCandidates(_call, gathered.Candidates));
                break;
            case ConnectionStateChanged changed:
                _report(new ConnectionChanged(_call, changed.State, changed.NeedsNewSession));
                break;
            case RemoteStreamAdded added when !_hasRemote:
                _hasRemote = true;
                _remote(_call, added.Stream);
                break;
            case NegotiationNeeded:
                _report(new NegotiationReported(_call));
                break;
        }
    }
}
