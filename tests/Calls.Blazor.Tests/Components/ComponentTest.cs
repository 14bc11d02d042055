using AngleSharp.Dom;
using Bunit;
using Calls.Blazor.Tests.Doubles;
using Calls.Media;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.JSInterop;

namespace Calls.Blazor.Tests.Components;

/// <summary>A component beside a scripted manager, in a scripted page, with a clock of its own.</summary>
public abstract class ComponentTest : BunitContext
{
    private protected ComponentTest()
    {
        Services.AddSingleton<IJSRuntime>(Page);
        Services.AddSingleton(Manager.Object);
        Services.AddSingleton<TimeProvider>(Time);
    }

    private protected ScriptedPage Page { get; } = new();

    private protected ScriptedManager Manager { get; } = new();

    private protected FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch);

    /// <summary>Waits until the page shows what was reported on another thread.</summary>
    private protected static void Report(IRenderedComponent<IComponent> cut, ScriptedManager manager, CallSnapshot snapshot)
    {
        manager.Report(snapshot);
        // What was posted to the renderer before this runs before this.
        cut.InvokeAsync(() => { }).GetAwaiter().GetResult();
    }

    /// <summary>Time passes, and the page shows what it brought.</summary>
    private protected void Pass(IRenderedComponent<IComponent> cut, TimeSpan time)
    {
        Time.Advance(time);
        cut.InvokeAsync(() => { }).GetAwaiter().GetResult();
    }

    private protected static string Selector(string testId) => $"[data-testid='{testId}']";

    private protected static IElement Find<T>(IRenderedComponent<T> cut, string testId)
        where T : IComponent => cut.Find(Selector(testId));

    private protected static bool Has<T>(IRenderedComponent<T> cut, string testId)
        where T : IComponent => cut.FindAll(Selector(testId)).Count > 0;

    /// <summary>A remote stream whose picture has come.</summary>
    private protected async Task<BrowserRemoteStream> SeenAsync()
    {
        var (stream, _, session) = await OpenAsync();
        Page.Raise(session, Picture);
        return stream;
    }

    /// <summary>What the module raises when the first picture is there.</summary>
    private protected static object Picture { get; } = new { kind = "picture" };

    /// <summary>A remote stream and devices of a real browser engine in the scripted page.</summary>
    private protected async Task<(BrowserRemoteStream Stream, BrowserLocalMedia Media, int Session)> OpenAsync()
    {
        Page.Answers("open", new { video = "camera" });
        var source = new BrowserMediaSource(Page);
        var media = (BrowserLocalMedia)await source.OpenAsync(new MediaRequest(Video: true));
        var session = (BrowserMediaSession)await source.ConnectAsync(new MediaSessionOptions());
        BrowserRemoteStream? stream = null;
        using var subscription = session.Events.Subscribe(item => stream = (item as RemoteStreamAdded)?.Stream as BrowserRemoteStream);
        Page.Raise(session.Number, new { kind = "remote-stream", streamId = "s" });
        return (stream!, media, session.Number);
    }
}
