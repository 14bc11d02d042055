using System.Globalization;
using System.Text.Json;
using Calls.Blazor.Checks;
using Calls.Blazor.Parts;
using Calls.Signaling;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace Calls.Blazor;

/// <summary>
/// Tries STUN and TURN servers as calls in this browser would use them, each address by itself: shows candidates as they come (trickle ICE, RFC 8838), sends a
/// word through every relay, and says of each failure what to open or change. Needs no call and no device; begins by itself.
/// </summary>
public sealed partial class IceCheck : IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private PageModule? _module;
    private IJSObjectReference? _running;
    private DotNetObjectReference<IceFindings>? _sink;
    private IceServerCheck[] _checks = [];
    private IceCheckResult?[] _results = [];

    /// <summary>The servers, as <c>call:welcome</c> or the host's options name them. Other ones than before are checked at once.</summary>
    [Parameter]
    [EditorRequired]
    public IReadOnlyList<IceServer> Servers { get; set; } = [];

    /// <summary>How long each address may take. Default: 12 s, which is more than a browser takes to give a server up; 1 s to 60 s.</summary>
    [Parameter]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>The sentences to show. Default: the host's <see cref="CallTexts"/>, or English.</summary>
    [Parameter]
    public CallTexts? Texts { get; set; }

    /// <summary>Every address is done with: what became of each, after what the browser has without a server.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<IceCheckResult>> OnChecked { get; set; }

    [Inject]
    private IServiceProvider Services { get; set; } = default!;

    [Inject]
    private IJSRuntime JS { get; set; } = default!;

    private CallTexts Words => Texts ?? Services.GetService<CallTexts>() ?? CallTexts.English;

    private TimeProvider Time => Services.GetService<TimeProvider>() ?? TimeProvider.System;

    private bool IsDone => _results.Length > 0 && _results.All(one => one is not null);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_gone.IsCancellationRequested)
            return;
        await _gone.CancelAsync();
        _gone.Dispose();
        await StopAsync();
        if (_module is not null)
            await _module.DisposeAsync();
    }

    /// <inheritdoc/>
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        var before = Servers;
        await base.SetParametersAsync(parameters);
        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(1))
            throw new InvalidOperationException($"{nameof(IceCheck)}.{nameof(Timeout)}: an address may take 1 s to 60 s.");
        if (_module is not null && !ReferenceEquals(before, Servers))
            await StartAsync();
    }

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => firstRender ? StartAsync() : Task.CompletedTask;

    private async Task StartAsync()
    {
        await StopAsync();
        if (_gone.IsCancellationRequested)
            return;
        IReadOnlyList<IceQuestion> questions = [new(""), .. Servers.SelectMany(server => server.Urls.Select(url => new IceQuestion(url, server.Username, server.Credential)))];
        _checks = [.. questions.Select(question => new IceServerCheck(question))];
        _results = new IceCheckResult?[_checks.Length];
        StateHasChanged();
        var checks = _checks;
        var sink = _sink = DotNetObjectReference.Create(new IceFindings(found => _ = InvokeAsync(() => TakeAsync(found, checks))));
        _module ??= new PageModule(JS, "./_content/Calls.Blazor/calls-ice-check.js");
        var running = await _module.CreateAsync(
            "createCheck", sink, JsonSerializer.SerializeToElement(questions, IceCheckJson.Default.IReadOnlyListIceQuestion), Timeout.TotalMilliseconds);
        if (ReferenceEquals(_sink, sink))
            _running = running;
        else
            await CloseAsync(running);
    }

    private async Task TakeAsync(IceFinding found, IceServerCheck[] checks)
    {
        // What belongs to a check before this one is late.
        if (!ReferenceEquals(checks, _checks) || _gone.IsCancellationRequested || found.Question < 0 || found.Question >= checks.Length)
            return;
        var wasDone = IsDone;
        checks[found.Question] = checks[found.Question].Take(found);
        _results[found.Question] = checks[found.Question].Judge(Time.GetUtcNow());
        StateHasChanged();
        if (IsDone && !wasDone)
            await OnChecked.InvokeAsync([.. _results.Select(one => one!)]);
    }

    private async Task StopAsync()
    {
        var (running, sink) = (_running, _sink);
        (_running, _sink) = (null, null);
        await CloseAsync(running);
        sink?.Dispose();
    }

    private static async Task CloseAsync(IJSObjectReference? running)
    {
        await PageModule.CallAsync(running, "close");
        await PageModule.ReleaseAsync(running);
    }

    private static bool IsGood(IceCheckResult? result) => result is { Problem: IceCheckProblem.None };

    private static string Look(IceCheckResult? result) => result is null ? "open" : IsGood(result) ? "good" : "bad";

    private static CallShape ShapeOf(IceCheckResult? result) => result is null ? CallShape.Wait : IsGood(result) ? CallShape.Check : CallShape.Close;

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms");
}
