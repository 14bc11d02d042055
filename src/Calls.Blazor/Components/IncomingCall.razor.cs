using Calls.Blazor.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Calls.Blazor;

/// <summary>The dialog of a call that rings, with its ringtone. Nothing is opened before the user accepts.</summary>
public sealed partial class IncomingCall
{
    private readonly string _labelId = $"calls-incoming-{Guid.NewGuid():N}";
    private ElementReference _root;
    private DialogFocus? _focus;
    private Ringer? _ringer;
    private CallId? _decidedCall;

    /// <summary>Whether a ringtone is played. Default: yes. It is made by the browser, without a file.</summary>
    [Parameter]
    public bool Ringtone { get; set; } = true;

    [Inject]
    private IJSRuntime JS { get; set; } = default!;

    private bool IsRinging => Rings(Snapshot);

    // The card is made for a video call, which needs the most of it.
    private bool IsVideo => !IsRinging || Snapshot.IsVideoCall;

    private bool IsDecided => _decidedCall is not null && _decidedCall == Snapshot.CallId;

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_ringer is not null)
            await _ringer.DisposeAsync();
        if (_focus is not null)
            await _focus.DisposeAsync();
    }

    private protected override bool Matters(CallSnapshot before, CallSnapshot next) => before != next && (Rings(before) || Rings(next));

    private static bool Rings(CallSnapshot snapshot) => snapshot.State == CallState.IncomingRinging;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (IsDisposed)
            return;
        if (IsRinging)
        {
            _ringer ??= new Ringer(JS);
            _focus ??= new DialogFocus(JS);
        }

        if (_ringer is not null)
            await _ringer.FollowAsync(Ringtone && IsRinging && !IsDecided ? Ringer.Incoming : null);
        if (_focus is not null && !IsDisposed)
            await _focus.FollowAsync(IsRinging, _root);
    }

    private Task DecideAsync(Func<Task> command)
    {
        _decidedCall = Snapshot.CallId;
        return RunAsync(command);
    }
}
