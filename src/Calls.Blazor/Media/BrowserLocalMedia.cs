using System.Text.Json;
using Calls.Blazor.Interop;
using Calls.Media;
using Microsoft.AspNetCore.Components;

namespace Calls.Blazor;

/// <summary>Microphone and camera of one call, in the browser.</summary>
public sealed class BrowserLocalMedia : ILocalMedia
{
    private readonly BrowserEngine _engine;
    private readonly EventStream<LocalMediaEvent> _events = new();
    private readonly CancellationTokenSource _closing = new();
    private volatile VideoSource _video;

    internal BrowserLocalMedia(BrowserEngine engine, int number)
    {
        _engine = engine;
        Number = number;
        engine.Events.Add(number, OnEvent);
    }

    /// <inheritdoc/>
    public VideoSource Video => _video;

    /// <inheritdoc/>
    public MediaException? VideoFailure { get; private set; }

    /// <inheritdoc/>
    public IObservable<LocalMediaEvent> Events => _events;

    internal int Number { get; }

    /// <summary>Whether the browser can share a screen.</summary>
    internal bool SharesScreen { get; private set; }

    /// <inheritdoc/>
    public async Task SetMutedAsync(bool muted, CancellationToken cancellationToken = default)
        => await InvokeAsync("setMuted", asksUser: false, muted, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task SetVideoAsync(VideoSource video, CancellationToken cancellationToken = default)
    {
        try
        {
            var taken = await InvokeAsync("setVideo", asksUser: true, video switch
            {
                VideoSource.Off => "off",
                VideoSource.Camera => "camera",
                VideoSource.Screen => "screen",
                _ => throw new ArgumentOutOfRangeException(nameof(video), video, "Off, Camera or Screen."),
            }, cancellationToken).ConfigureAwait(false);
            if (taken.GetBoolean())
                _video = video;
        }
        catch (OperationCanceledException)
        {
            await _engine.TryInvokeAsync("cancelVideo", Number).ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task SetHoldAsync(bool hold, CancellationToken cancellationToken = default)
        => await InvokeAsync("setHold", asksUser: false, hold, cancellationToken).ConfigureAwait(false);

    /// <summary>Shows the own picture in <paramref name="video"/>, muted. It follows the camera as that goes off and on; attach it once.</summary>
    /// <exception cref="MediaException">The devices are closed, or the page is gone.</exception>
    public async Task AttachPreviewAsync(ElementReference video, CancellationToken cancellationToken = default)
        => await InvokeAsync("attachPreview", asksUser: false, video, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested)
            return;
        await _closing.CancelAsync().ConfigureAwait(false);
        _engine.Events.Remove(Number);
        _events.Complete();
        _video = VideoSource.Off;
        await _engine.TryInvokeAsync("close", Number).ConfigureAwait(false);
    }

    internal async Task OpenAsync(OpenRequest request, CancellationToken cancellationToken)
    {
        var reply = await InvokeAsync(
            "open", asksUser: true, JsonSerializer.SerializeToElement(request, EngineJson.Default.OpenRequest), cancellationToken)
            .ConfigureAwait(false);
        var opened = reply.Deserialize(EngineJson.Default.OpenedDevices)!;
        SharesScreen = opened.SharesScreen;
        _video = opened.Video == "camera" ? VideoSource.Camera : VideoSource.Off;
        if (opened.VideoFailure is { } failure)
            VideoFailure = new MediaException(MediaFailures.OfDevice(failure.Name), $"{failure.Name}: {failure.Message}");
    }

    private async Task<JsonElement> InvokeAsync(string function, bool asksUser, object argument, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            return await _engine.InvokeAsync(function, MediaFailures.OfDevice, asksUser, either.Token, Number, argument).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MediaException(MediaFailure.EngineLost, "The devices were closed.");
        }
    }

    private void OnEvent(JsonElement item)
    {
        switch (item.GetProperty("kind").GetString())
        {
            case "video-lost":
                _video = VideoSource.Off;
                _events.Raise(new LocalVideoChanged(
                    VideoSource.Off,
                    item.GetProperty("unplugged").GetBoolean() ? new MediaException(MediaFailure.NoDevice, "The camera is gone.") : null));
                break;
            case "device-replaced":
                _events.Raise(new DeviceReplaced(
                    BrowserDevices.Kind(item.GetProperty("device").GetString()!), new MediaException(MediaFailure.NoDevice, "The chosen device is gone.")));
                break;
            case "microphone-lost":
                _events.Raise(new MicrophoneLost(new MediaException(MediaFailure.NoDevice, "The microphone is gone.")));
                break;
        }
    }
}
