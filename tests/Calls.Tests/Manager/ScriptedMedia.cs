using System.Collections.Concurrent;
using System.Reactive.Subjects;
using Calls.Media;
using Calls.Signaling;

namespace Calls.Tests.Manager;

/// <summary>A media engine without media: does what the test says, and keeps the books.</summary>
internal sealed class ScriptedMedia : IMediaSource
{
    public MediaCapabilities Capabilities { get; set; }
        = MediaCapabilities.Video | MediaCapabilities.IceRestart | MediaCapabilities.Renegotiation | MediaCapabilities.ScreenShare;

    public ConcurrentQueue<ScriptedLocal> Opened { get; } = [];

    public ConcurrentQueue<ScriptedSession> Sessions { get; } = [];

    /// <summary>How each connection was asked for.</summary>
    public ConcurrentQueue<MediaSessionOptions> Asked { get; } = [];

    public ConcurrentQueue<string> Journal { get; } = [];

    /// <summary>When set, opening waits for it, whatever the token says, as a permission prompt does.</summary>
    public TaskCompletionSource? Prompt { get; set; }

    /// <summary>When set, making a connection waits for it, whatever the token says.</summary>
    public TaskCompletionSource? Network { get; set; }

    public MediaException? OpenFailure { get; set; }

    public MediaException? CameraFailure { get; set; }

    public MediaException? HoldFailure { get; set; }

    /// <summary>What its sessions offer.</summary>
    public string Offer { get; set; } = "offer-sdp";

    public Exception? OfferFailure { get; set; }

    public Exception? AnswerFailure { get; set; }

    public async Task<ILocalMedia> OpenAsync(MediaRequest request, CancellationToken cancellationToken = default)
    {
        Journal.Enqueue($"open video={request.Video} muted={request.Muted}");
        if (Prompt is not null)
            await Prompt.Task;
        if (OpenFailure is not null)
            throw OpenFailure;
        var local = new ScriptedLocal(this, request);
        Opened.Enqueue(local);
        return local;
    }

    public async Task<IMediaSession> ConnectAsync(MediaSessionOptions options, CancellationToken cancellationToken = default)
    {
        Asked.Enqueue(options);
        Journal.Enqueue($"connect servers={options.IceServers.Count}");
        if (Network is not null)
            await Network.Task;
        var session = new ScriptedSession(this);
        Sessions.Enqueue(session);
        return session;
    }
}

internal sealed class ScriptedLocal(ScriptedMedia media, MediaRequest request) : ILocalMedia
{
    private readonly Subject<LocalMediaEvent> _events = new();

    public VideoSource Video { get; private set; } = request.Video && media.CameraFailure is null ? VideoSource.Camera : VideoSource.Off;

    public MediaException? VideoFailure => request.Video ? media.CameraFailure : null;

    public IObservable<LocalMediaEvent> Events => _events;

    public bool HasObservers => _events.HasObservers;

    public bool IsMuted { get; private set; } = request.Muted;

    public int Disposals { get; private set; }

    public Task SetMutedAsync(bool muted, CancellationToken cancellationToken = default)
    {
        IsMuted = muted;
        return Task.CompletedTask;
    }

    public Task SetVideoAsync(VideoSource video, CancellationToken cancellationToken = default)
    {
        if (media.CameraFailure is not null)
            return Task.FromException(media.CameraFailure);
        Video = video;
        return Task.CompletedTask;
    }

    public bool IsHeld { get; private set; }

    public Task SetHoldAsync(bool hold, CancellationToken cancellationToken = default)
    {
        if (media.HoldFailure is not null)
            return Task.FromException(media.HoldFailure);
        IsHeld = hold;
        media.Journal.Enqueue($"hold {hold}");
        return Task.CompletedTask;
    }

    public void Raise(LocalMediaEvent happened) => _events.OnNext(happened);

    /// <summary>The browser or the system took the picture away.</summary>
    public void LoseVideo(MediaException? cause = null)
    {
        Video = VideoSource.Off;
        Raise(new LocalVideoChanged(VideoSource.Off, cause));
    }

    public ValueTask DisposeAsync()
    {
        Disposals++;
        return ValueTask.CompletedTask;
    }
}

internal sealed class ScriptedSession(ScriptedMedia media) : IMediaSession, IRemoteStream
{
    private readonly Subject<MediaSessionEvent> _events = new();

    public IObservable<MediaSessionEvent> Events => _events;

    public bool HasObservers => _events.HasObservers;

    public int Disposals { get; private set; }

    public string Id => "remote";

    public Task AttachAsync(ILocalMedia media1, CancellationToken cancellationToken = default) => Note("attach");

    public Task<string> CreateOfferAsync(bool iceRestart = false, CancellationToken cancellationToken = default)
        => media.OfferFailure is { } failure ? Task.FromException<string>(failure) : Note("offer", media.Offer);

    public Task PrepareOfferAsync(CancellationToken cancellationToken = default) => Note("prepare");

    public Task PrepareAnswerAsync(string offer, IReadOnlyList<IceCandidate> candidates, CancellationToken cancellationToken = default)
        => Note($"prepare {offer} {string.Join(',', candidates.Select(candidate => candidate.Candidate))}");

    public Task<string> AnswerOfferAsync(string offer, CancellationToken cancellationToken = default)
        => media.AnswerFailure is { } failure ? Task.FromException<string>(failure) : Note($"answer {offer}", "answer-sdp");

    public Task TakeAnswerAsync(string answer, CancellationToken cancellationToken = default) => Note($"take {answer}");

    public Task RollbackAsync(CancellationToken cancellationToken = default) => Note("rollback");

    public Task AddCandidatesAsync(IReadOnlyList<IceCandidate> candidates, CancellationToken cancellationToken = default)
        => Note("add " + string.Join(',', candidates.Select(candidate => candidate.Candidate)));

    public Task<MediaStatistics?> GetStatisticsAsync(CancellationToken cancellationToken = default) => Task.FromResult<MediaStatistics?>(null);

    public void Raise(MediaSessionEvent happened) => _events.OnNext(happened);

    public void RaiseState(MediaConnectionState state) => Raise(new ConnectionStateChanged(state));

    public ValueTask DisposeAsync()
    {
        Disposals++;
        return ValueTask.CompletedTask;
    }

    private Task<string> Note(string act) => Note(act, "");

    private Task<string> Note(string act, string result)
    {
        media.Journal.Enqueue(act);
        return Task.FromResult(result);
    }
}
