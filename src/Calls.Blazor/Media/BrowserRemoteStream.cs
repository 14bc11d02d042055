using System.Reactive.Linq;
using Calls.Blazor.Interop;
using Calls.Media;
using Microsoft.AspNetCore.Components;

namespace Calls.Blazor;

/// <summary>What the other side sends, as one <c>MediaStream</c> of the page. Tracks that come later join it.</summary>
public sealed class BrowserRemoteStream : IRemoteStream
{
    private readonly BrowserEngine _engine;
    private readonly int _session;

    internal BrowserRemoteStream(BrowserEngine engine, int session, string id, IObservable<bool> playbackBlocked, IObservable<bool> hasPicture)
    {
        _engine = engine;
        _session = session;
        Id = id;
        PlaybackBlocked = playbackBlocked.DistinctUntilChanged();
        HasPicture = hasPicture.DistinctUntilChanged();
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <summary>Whether the browser lets the stream not play before the user touched the page: the current answer at once, then every change.</summary>
    public IObservable<bool> PlaybackBlocked { get; }

    /// <summary>Whether the elements that the stream is attached to have a picture of it, which comes some time after the connection: the current answer at once,
    /// then true once. A picture that the other side turns off, or holds back, still counts.</summary>
    public IObservable<bool> HasPicture { get; }

    /// <summary>Shows the picture in <paramref name="video"/>, muted, and plays the sound in <paramref name="audio"/>, both from the same stream.
    /// Attach once; attaching the same elements again sets and plays them anew, as after a gesture where playing was blocked.</summary>
    /// <exception cref="MediaException">The session is closed, or the page is gone.</exception>
    public async Task AttachAsync(ElementReference video, ElementReference audio, CancellationToken cancellationToken = default)
        => await _engine.InvokeAsync(
            "attachRemote", MediaFailures.OfConnection, asksUser: false, cancellationToken, _session, video, audio).ConfigureAwait(false);

    /// <summary>Lets go of the elements. Does nothing where the session or the page is gone.</summary>
    public Task DetachAsync() => _engine.TryInvokeAsync("detachRemote", _session);
}
