using Microsoft.JSInterop;

namespace Calls.Blazor.Parts;

/// <summary>Plays one of the two sounds of <c>calls-ringtone.js</c>, or none. The last wish wins.</summary>
internal sealed class Ringer(IJSRuntime js) : IAsyncDisposable
{
    public const string Incoming = "incoming";
    public const string Ringback = "ringback";

    private readonly PageModule _module = new(js, "./_content/Calls.Blazor/calls-ringtone.js");
    private Task<IJSObjectReference?>? _ringer;
    private string? _wished;
    private string? _played;
    private bool _busy;

    /// <summary>Called after every render; all on the renderer's own thread.</summary>
    public async Task FollowAsync(string? melody)
    {
        _wished = melody;
        if (_busy)
            return;
        _busy = true;
        try
        {
            while (_wished != _played)
            {
                var next = _wished;
                var ringer = await (_ringer ??= _module.CreateAsync("createRinger"));
                await (next is null ? PageModule.CallAsync(ringer, "stop") : PageModule.CallAsync(ringer, "start", next));
                _played = next;
            }
        }
        finally
        {
            _busy = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await FollowAsync(null);
        if (_ringer is not null)
            await PageModule.ReleaseAsync(await _ringer);
        await _module.DisposeAsync();
    }
}
