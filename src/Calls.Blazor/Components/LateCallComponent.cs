using System.Reactive.Linq;
using Calls.Blazor.Parts;
using Calls.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Blazor;

/// <summary>A component that lets the devices open, and the picture of a connected call come, before it draws that they do: see <see cref="DrawingDelay"/>.</summary>
public abstract class LateCallComponent : CallComponent
{
    private CallSnapshot? _late;
    private ITimer? _waiting;
    private IRemoteStream? _stream;
    private IDisposable? _picture;

    private protected LateCallComponent()
    {
    }

    /// <summary>The call as it is, drawn or not yet.</summary>
    private protected CallSnapshot Latest => _late ?? Snapshot;

    /// <summary>Whether the component may be made, hidden, before there is a call: to make it all while a call rings or connects would hold the call up.</summary>
    private protected bool IsReady { get; private set; }

    /// <summary>Whether the other side's picture has come.</summary>
    private protected bool HasPicture { get; private set; }

    /// <summary>Whether the component looks different with that picture.</summary>
    private protected virtual bool ShowsPicture => false;

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _waiting?.Dispose();
        _picture?.Dispose();
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        base.OnAfterRender(firstRender);
        if (IsDisposed || IsReady)
            return;
        IsReady = true;
        StateHasChanged();
    }

    private protected override bool Follow(CallSnapshot next)
    {
        FollowPicture(next.RemoteStream);
        if (!DrawingDelay.Waits(Snapshot, _late, next, HasPicture))
            return Draw(next);
        if (DrawingDelay.Begins(_late, next))
            Wait();
        _late = next;
        Keeps();
        return false;
    }

    /// <summary>Called when <see cref="Latest"/> is to be drawn later.</summary>
    private protected virtual void Keeps()
    {
    }

    private void Wait()
    {
        _waiting?.Dispose();
        _waiting = (Services.GetService<TimeProvider>() ?? TimeProvider.System)
            .CreateTimer(_ => Show(() => _late is { } late && Draw(late)), null, DrawingDelay.Brief, Timeout.InfiniteTimeSpan);
    }

    private bool Draw(CallSnapshot next)
    {
        _waiting?.Dispose();
        _late = null;
        return Take(next);
    }

    private void FollowPicture(IRemoteStream? stream)
    {
        if (ReferenceEquals(stream, _stream))
            return;
        _stream = stream;
        _picture?.Dispose();
        HasPicture = false;
        _picture = (stream as BrowserRemoteStream)?.HasPicture.Where(has => has).Subscribe(_ => Show(() => ReferenceEquals(stream, _stream) && See()));
    }

    private bool See()
    {
        HasPicture = true;
        var drawn = _late is { State: CallState.Connected } late && Draw(late);
        return drawn || ShowsPicture;
    }
}
