using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace Calls.Blazor.Parts;

/// <summary>How long a call has run. Renders itself once a second, and nothing around it.</summary>
public sealed class CallTime : ComponentBase, IDisposable
{
    private ITimer? _timer;
    private bool _disposed;

    /// <summary>When the call became connected.</summary>
    [Parameter]
    [EditorRequired]
    public DateTimeOffset Since { get; set; }

    [Inject]
    private IServiceProvider Services { get; set; } = default!;

    private TimeProvider Time => Services.GetService<TimeProvider>() ?? TimeProvider.System;

    private TimeSpan Elapsed => Time.GetUtcNow() - Since;

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _timer?.Dispose();
    }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "time");
        builder.AddAttribute(1, "class", "call-time");
        builder.AddAttribute(2, "role", "timer");
        builder.AddAttribute(3, "data-testid", "call-time");
        builder.AddContent(4, CallClock.Format(Elapsed));
        builder.CloseElement();
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (_disposed)
            return;
        var next = CallClock.UntilNextSecond(Elapsed);
        if (_timer is null)
            _timer = Time.CreateTimer(_ => Tick(), null, next, Timeout.InfiniteTimeSpan);
        else
            _timer.Change(next, Timeout.InfiniteTimeSpan);
    }

    private void Tick()
        => _ = InvokeAsync(() =>
        {
            if (!_disposed)
                StateHasChanged();
        });
}
