using Calls.Blazor.Parts;
using Calls.Media;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace Calls.Blazor;

/// <summary>The whole call, from calling to how it ended. It shows what the manager reports and makes no peer connection of its own.</summary>
public sealed partial class CallScreen
{
    private ElementReference _root;
    private ElementReference _remoteVideo;
    private ElementReference _remoteAudio;
    private ElementReference _localVideo;
    private DialogFocus? _focus;
    private Ringer? _ringer;
    private BrowserRemoteStream? _remote;
    private BrowserLocalMedia? _local;
    private IDisposable? _playback;
    private bool _playbackBlocked;
    private string? _notice;
    private CallId? _closed;
    private CallSnapshot _before = CallSnapshot.Idle;
    private bool _choosesDevices;
    private CallAction? _devicesButton;

    /// <summary>Whether the caller hears a tone while the other side rings. Default: yes.</summary>
    [Parameter]
    public bool Ringback { get; set; } = true;

    [Inject]
    private IJSRuntime JS { get; set; } = default!;

    private protected override bool ShowsPicture => true;

    private bool IsShown => Shows(Snapshot);

    /// <summary>The call that the screen is made for: while it is hidden because a call rings, the one before, since that moment belongs to the card.</summary>
    private CallSnapshot Drawn => Snapshot.State == CallState.IncomingRinging ? _before : Snapshot;

    private bool IsTimed => Drawn is { State: CallState.Connected, IsReconnecting: false, ConnectedAt: not null } && !CallScreenLook.IsHeld(Drawn);

    /// <summary>Only while connected, and only where the browser can: phones cannot.</summary>
    private bool SharesScreen => Drawn is { State: CallState.Connected, LocalMedia: BrowserLocalMedia { SharesScreen: true } };

    private string Status => CallScreenLook.Status(Drawn, Words, Name);

    private string StatusLook => CallScreenLook.StatusClass(Drawn);

    private string Look => CallScreenLook.Classes(Drawn, HasPicture);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await AttachRemoteAsync(null);
        if (_ringer is not null)
            await _ringer.DisposeAsync();
        if (_focus is not null)
            await _focus.DisposeAsync();
    }

    private protected override IDisposable Listen(ICallManager manager)
    {
        var snapshots = base.Listen(manager);
        var errors = manager.Errors.Subscribe(error => Show(() => Notice(error)));
        return System.Reactive.Disposables.StableCompositeDisposable.Create(snapshots, errors);
    }

    private protected override bool Matters(CallSnapshot before, CallSnapshot next)
    {
        if (before.CallId != next.CallId || !next.IsActive || before.LocalVideo != next.LocalVideo)
            _notice = null;
        if (before.CallId != next.CallId)
            _choosesDevices = false;
        if (before.State != CallState.IncomingRinging)
            _before = before;
        return before != next && (Shows(before) || Shows(next));
    }

    private bool Shows(CallSnapshot snapshot)
        => snapshot.State is not (CallState.Idle or CallState.IncomingRinging) && (snapshot.IsActive || _closed != snapshot.CallId);

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (IsDisposed)
            return;
        if (firstRender && Services.GetService<IMediaSource>() is BrowserMediaSource source)
            _ = source.PreloadAsync();
        // What the call waits for comes first: sound and picture.
        await FollowRemoteAsync();
        await FollowLocalAsync(IsShown ? Snapshot.LocalMedia as BrowserLocalMedia : null);
        if (IsDisposed)
            return;
        if (IsShown)
        {
            _ringer ??= new Ringer(JS);
            _focus ??= new DialogFocus(JS);
        }

        if (_focus is not null)
            await _focus.FollowAsync(IsShown, _root);
        if (_ringer is not null && !IsDisposed)
            await _ringer.FollowAsync(Ringback && Snapshot is { State: CallState.Outgoing, IsPeerRinging: true } ? Ringer.Ringback : null);
    }

    private protected override void Keeps() => _ = FollowRemoteAsync();

    // Sound and picture do not wait for the screen.
    private Task FollowRemoteAsync() => AttachRemoteAsync(Shows(Latest) ? Latest.RemoteStream as BrowserRemoteStream : null);

    private async Task AttachRemoteAsync(BrowserRemoteStream? stream)
    {
        if (ReferenceEquals(stream, _remote))
            return;
        var before = _remote;
        _remote = stream;
        _playback?.Dispose();
        _playback = null;
        _playbackBlocked = false;
        if (before is not null)
            await before.DetachAsync();
        if (stream is null || !ReferenceEquals(stream, _remote))
            return;
        await AttachAsync(() => stream.AttachAsync(_remoteVideo, _remoteAudio));
        _playback = stream.PlaybackBlocked.Subscribe(blocked => Show(() =>
        {
            var changed = _playbackBlocked != blocked;
            _playbackBlocked = blocked;
            return changed;
        }));
    }

    private async Task FollowLocalAsync(BrowserLocalMedia? media)
    {
        if (ReferenceEquals(media, _local))
            return;
        _local = media;
        if (media is not null)
            await AttachAsync(() => media.AttachPreviewAsync(_localVideo));
    }

    private async Task PlayAsync()
    {
        if (_remote is { } stream)
            await AttachAsync(() => stream.AttachAsync(_remoteVideo, _remoteAudio));
    }

    private static async Task AttachAsync(Func<Task> attach)
    {
        try
        {
            await attach();
        }
        catch (MediaException)
        {
            // The call ended, or the page went, while its picture was on the way.
        }
    }

    private bool Notice(CallError error)
    {
        var failure = (error.Error as MediaException)?.Failure ?? MediaFailure.Other;
        var notice = error.Kind switch
        {
            CallErrorKind.Video => Words.NoCamera(failure),
            CallErrorKind.Microphone => Words.MicrophoneLost,
            CallErrorKind.Screen => Words.NoScreen(failure),
            CallErrorKind.Hold => Words.NoHold,
            CallErrorKind.Device => Words.DeviceReplaced,
            CallErrorKind.Speaker => Words.SpeakerLost,
            _ => null,
        };
        if (notice is null || !Snapshot.IsActive)
            return false;
        _notice = notice;
        return true;
    }

    private async Task LeaveDevicesAsync(KeyboardEventArgs pressed)
    {
        if (pressed.Key != "Escape")
            return;
        _choosesDevices = false;
        if (_devicesButton is not null)
            await _devicesButton.FocusAsync();
    }

    private void Close() => _closed = Snapshot.CallId;
}
