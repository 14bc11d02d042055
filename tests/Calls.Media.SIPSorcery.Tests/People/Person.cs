using System.Net;
using SIPSorceryMedia.Abstractions;

namespace Calls.Media.SIPSorcery.Tests.People;

/// <summary>One person with SIPSorcery's engine: speaks with a tone, shows a clip, and remembers what is heard and seen.</summary>
internal sealed class Person
{
    public Person(double tone, int clip = 1, Action<SIPSorceryMediaOptions>? configure = null, params AudioFormat[] formats)
    {
        SIPSorceryMediaOptions options = new()
        {
            Microphone = _ => new(Microphone = new ToneSource(tone, formats)),
            Loudspeaker = () => Ear,
            Camera = _ => new(Camera = new ClipSource(clip)),
            Display = () => Eye,
            Configure = configuration => configuration.X_BindAddress = IPAddress.Loopback,
        };
        configure?.Invoke(options);
        Source = new SIPSorceryMediaSource(options);
        Pictures = ClipSource.Names(clip);
    }

    public SIPSorceryMediaSource Source { get; }

    public Ear Ear { get; } = new();

    public Eye Eye { get; } = new();

    /// <summary>The last one that was opened.</summary>
    public ToneSource? Microphone { get; private set; }

    /// <summary>The last one that was opened.</summary>
    public ClipSource? Camera { get; private set; }

    /// <summary>The names of all pictures that the camera has.</summary>
    public IReadOnlySet<string> Pictures { get; }
}
