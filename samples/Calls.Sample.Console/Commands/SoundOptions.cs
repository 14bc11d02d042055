using System.CommandLine;
using Calls.Media.WebRtc;
using Calls.Sample.Console.Wiring;

namespace Calls.Sample.Console.Commands;

/// <summary>The options that say what a call speaks and where it is heard. Files are opened before the call, so that a wrong one ends the command at once.</summary>
internal sealed class SoundOptions
{
    private readonly Option<string?> _audio = new("--audio") { Description = "A WAV file to play into the call; otherwise the microphone, or silence." };
    private readonly Option<string?> _record = new("--record") { Description = "A WAV file to record the other side to; otherwise the loudspeaker." };

    public SoundOptions(Command command)
    {
        command.Options.Add(_audio);
        command.Options.Add(_record);
    }

    public Devices Read(ParseResult line)
    {
        var devices = Devices.OfSystem();
        if (line.GetValue(_audio) is { } audio)
            devices = devices with { Microphone = Once<IAudioInput>(new WavReader(audio), () => new SilenceInput()) };
        if (line.GetValue(_record) is { } record)
            devices = devices with { Loudspeaker = Once<IAudioOutput>(new WavWriter(record), () => new SilenceOutput()) };
        return devices;
    }

    // A command has one call; a file is not played or written twice.
    private static Func<T> Once<T>(T file, Func<T> afterwards)
        where T : class
    {
        T? left = file;
        return () => Interlocked.Exchange(ref left, null) ?? afterwards();
    }
}
