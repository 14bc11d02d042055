using System.Reactive.Linq;
using System.Text.Json;
using Calls.Blazor.Interop;
using Calls.Media;

namespace Calls.Blazor;

/// <summary>The browser's list of devices (<c>enumerateDevices</c>), and what is chosen of it. Speakers only where the browser can (<c>setSinkId</c>).</summary>
internal sealed class BrowserDevices : IMediaDevices
{
    private readonly BrowserEngine _engine;
    private volatile IReadOnlyDictionary<string, string> _chosen = new Dictionary<string, string>();
    private volatile bool _microphoneIsAllowed;

    public BrowserDevices(BrowserEngine engine)
    {
        Changed = Observable.FromEvent<IReadOnlyList<MediaDevice>>(heard => Listed += heard, heard => Listed -= heard);
        _engine = engine;
        engine.Events.Add(EngineEvents.EveryCall, OnEvent);
    }

    private event Action<IReadOnlyList<MediaDevice>>? Listed;

    public IObservable<IReadOnlyList<MediaDevice>> Changed { get; }

    /// <summary>Whether the microphone opens without a question, as far as the browser says.</summary>
    public bool MicrophoneIsAllowed => _microphoneIsAllowed;

    public string? Chosen(MediaDeviceKind kind) => _chosen.GetValueOrDefault(Name(kind));

    public async Task<IReadOnlyList<MediaDevice>> ListAsync(CancellationToken cancellationToken = default)
        => Read(await _engine.InvokeAsync("devices", MediaFailures.OfDevice, asksUser: false, cancellationToken).ConfigureAwait(false));

    public async Task ChooseAsync(MediaDeviceKind kind, string? id, CancellationToken cancellationToken = default)
    {
        var chosen = await _engine.InvokeAsync("choose", MediaFailures.OfDevice, asksUser: true, cancellationToken, Name(kind), id).ConfigureAwait(false);
        _chosen = chosen.Deserialize(EngineJson.Default.DictionaryStringString)!;
    }

    public static MediaDeviceKind Kind(string name) => Enum.Parse<MediaDeviceKind>(name, ignoreCase: true);

    private static string Name(MediaDeviceKind kind) => kind switch
    {
        MediaDeviceKind.Microphone => "microphone",
        MediaDeviceKind.Camera => "camera",
        MediaDeviceKind.Speaker => "speaker",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Microphone, Camera or Speaker."),
    };

    private static IReadOnlyList<MediaDevice> Read(JsonElement devices)
        => [.. devices.Deserialize(EngineJson.Default.ListedDeviceArray)!.Select(one => new MediaDevice(Kind(one.Kind), one.Id, one.Label))];

    private void OnEvent(JsonElement item)
    {
        switch (item.GetProperty("kind").GetString())
        {
            case "microphone":
                _microphoneIsAllowed = item.GetProperty("isAllowed").GetBoolean();
                break;
            case "devices":
                _chosen = item.GetProperty("chosen").Deserialize(EngineJson.Default.DictionaryStringString)!;
                Listed?.Invoke(Read(item.GetProperty("devices")));
                break;
        }
    }
}
