using System.Reactive.Subjects;
using System.Text.Json;
using Calls.Blazor.Interop;
using Calls.Media;
using Calls.Signaling;
using Microsoft.Extensions.Logging;

namespace Calls.Blazor;

/// <summary>One <c>RTCPeerConnection</c>. Offers always have one audio and one video section, so that a camera may go on and off without negotiation.</summary>
public sealed class BrowserMediaSession : IMediaSession
{
    private readonly BrowserEngine _engine;
    private readonly ILogger _logger;
    private readonly EventStream<MediaSessionEvent> _events = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly BehaviorSubject<bool> _playbackBlocked = new(false);
    private readonly BehaviorSubject<bool> _hasPicture = new(false);
    private Task _begun = Task.CompletedTask;

    internal BrowserMediaSession(BrowserEngine engine, int number, ILogger logger)
    {
        _engine = engine;
        _logger = logger;
        Number = number;
        engine.Events.Add(number, OnEvent);
    }

    /// <inheritdoc/>
    public IObservable<MediaSessionEvent> Events => _events;

    internal int Number { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="media"/> was opened by another engine.</exception>
    public async Task AttachAsync(ILocalMedia media, CancellationToken cancellationToken = default)
    {
        if (media is not BrowserLocalMedia local)
            throw new ArgumentException("These devices were not opened by the browser.", nameof(media));
        cancellationToken.ThrowIfCancellationRequested();
        await BeginAsync("attach", MediaFailures.OfConnection, local.Number).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task PrepareOfferAsync(CancellationToken cancellationToken = default) => BeginAsync("prepareOffer", MediaFailures.OfConnection);

    /// <inheritdoc/>
    public async Task<string> CreateOfferAsync(bool iceRestart = false, CancellationToken cancellationToken = default)
        => (await InvokeAsync("createOffer", cancellationToken, iceRestart).ConfigureAwait(false)).GetString()!;

    /// <inheritdoc/>
    public Task PrepareAnswerAsync(string offer, IReadOnlyList<IceCandidate> candidates, CancellationToken cancellationToken = default)
        => BeginAsync(
            "prepareAnswer", MediaFailures.OfConnection, offer, JsonSerializer.SerializeToElement(candidates, EngineJson.Default.IReadOnlyListIceCandidate));

    /// <inheritdoc/>
    public async Task<string> AnswerOfferAsync(string offer, CancellationToken cancellationToken = default)
        => (await InvokeAsync("answerOffer", cancellationToken, offer).ConfigureAwait(false)).GetString()!;

    /// <inheritdoc/>
    public async Task TakeAnswerAsync(string answer, CancellationToken cancellationToken = default)
        => await InvokeAsync("takeAnswer", cancellationToken, answer).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task RollbackAsync(CancellationToken cancellationToken = default)
        => await InvokeAsync("rollback", cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task AddCandidatesAsync(IReadOnlyList<IceCandidate> candidates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        if (candidates.Count == 0)
            return;
        var refused = await InvokeAsync(
            "addCandidates", cancellationToken, JsonSerializer.SerializeToElement(candidates, EngineJson.Default.IReadOnlyListIceCandidate))
            .ConfigureAwait(false);
        if (refused.GetInt32() is > 0 and var count)
            Log.CandidatesRefused(_logger, count);
    }

    /// <inheritdoc/>
    public async Task<MediaStatistics?> GetStatisticsAsync(CancellationToken cancellationToken = default)
    {
        var reply = (await InvokeAsync("statistics", cancellationToken).ConfigureAwait(false)).Deserialize(EngineJson.Default.StatisticsReply);
        return reply is null ? null : new MediaStatistics
        {
            RoundTripTime = reply.RoundTripSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            PacketsSent = reply.PacketsSent,
            PacketsReceived = reply.PacketsReceived,
            PacketsLost = reply.PacketsLost,
            BytesSent = reply.BytesSent,
            BytesReceived = reply.BytesReceived,
            IsRelayed = reply.IsRelayed,
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested)
            return;
        await _closing.CancelAsync().ConfigureAwait(false);
        _engine.Events.Remove(Number);
        _events.Complete();
        _playbackBlocked.OnCompleted();
        _hasPicture.OnCompleted();
        await _engine.TryInvokeAsync("close", Number).ConfigureAwait(false);
    }

    /// <summary>
    /// Starts what comes before an offer or an answer, and does not wait for it: the page does things in the order in which they are asked for, so the way
    /// there and back is paid once. What fails on the way is thrown by the next call; what cannot even be asked for, at once.
    /// </summary>
    internal Task BeginAsync(string function, Func<string, MediaFailure> failureOf, params object?[] arguments)
    {
        var asked = _engine.InvokeAsync(function, failureOf, asksUser: false, _closing.Token, [Number, .. arguments]);
        if (asked.IsCompleted)
            return asked;
        _begun = Task.WhenAll(_begun, asked);
        _ = _begun.ContinueWith(static begun => _ = begun.Exception, TaskScheduler.Default);
        return Task.CompletedTask;
    }

    private async Task<JsonElement> InvokeAsync(string function, CancellationToken cancellationToken, params object?[] arguments)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            var asked = _engine.InvokeAsync(function, MediaFailures.OfConnection, asksUser: false, either.Token, [Number, .. arguments]);
            await Task.WhenAll(_begun, asked).ConfigureAwait(false); // Throws the first that failed.
            return await asked.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MediaException(MediaFailure.EngineLost, "The session was closed.");
        }
    }

    private void OnEvent(JsonElement item)
    {
        switch (item.GetProperty("kind").GetString())
        {
            case "candidates":
                _events.Raise(new LocalCandidatesGathered(
                    item.GetProperty("candidates").Deserialize(EngineJson.Default.IReadOnlyListIceCandidate)!));
                break;
            case "state" when StateOf(item.GetProperty("state").GetString()) is { } state:
                _events.Raise(new ConnectionStateChanged(state)
                {
                    NeedsNewSession = item.TryGetProperty("needsNewSession", out var needs) && needs.GetBoolean(),
                });
                break;
            case "remote-stream":
                _events.Raise(new RemoteStreamAdded(
                    new BrowserRemoteStream(_engine, Number, item.GetProperty("streamId").GetString()!, _playbackBlocked, _hasPicture)));
                break;
            case "playback":
                _playbackBlocked.OnNext(item.GetProperty("blocked").GetBoolean());
                break;
            case "picture":
                _hasPicture.OnNext(true);
                break;
            case "negotiation-needed":
                _events.Raise(new NegotiationNeeded());
                break;
        }
    }

    /// <summary><c>RTCPeerConnectionState</c> (W3C WebRTC, section 4.3.3).</summary>
    private static MediaConnectionState? StateOf(string? state) => state switch
    {
        "new" => MediaConnectionState.New,
        "connecting" => MediaConnectionState.Connecting,
        "connected" => MediaConnectionState.Connected,
        "disconnected" => MediaConnectionState.Disconnected,
        "failed" => MediaConnectionState.Failed,
        "closed" => MediaConnectionState.Closed,
        _ => null,
    };
}
