using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Calls.Media.WebRtc.Tests.Audio;

/// <summary>
/// A sound card of ALSA's own plug-ins for <c>arecord</c> and <c>aplay</c>: what is played goes into a file, what is recorded comes out of a pipe that the test fills. They have no clock:
/// who plays sets the pace of one, and who fills the pipe that of the other.
/// </summary>
public sealed partial class SoundCard : IDisposable
{
    public const string Microphone = "calls_microphone", Loudspeaker = "calls_loudspeaker";

    /// <summary>What <c>arecord</c> reads at once: a quarter of the 60 ms that it is told. Of a pipe that has less ALSA takes what there is, and gives silence for the rest.</summary>
    public const int Block = 720;

    private const string Variable = "ALSA_CONFIG_PATH";
    private const uint OwnerOnly = 0x180;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("calls-sound-");
    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);
    private readonly FileStream _pipe;

    private SoundCard()
    {
        var (pipe, configuration) = (PathOf("microphone"), PathOf("configuration"));
        if (MakePipe(pipe, OwnerOnly) != 0)
            throw new IOException($"No pipe: {Marshal.GetLastPInvokeError()}.");
        // Open for both, or it would wait for a reader.
        _pipe = new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        File.WriteAllText(configuration, $$"""
            pcm.calls_nothing { type null }
            pcm.{{Loudspeaker}} { type file slave.pcm "calls_nothing" file "{{PathOf("loudspeaker")}}" format "raw" }
            pcm.{{Microphone}} { type file slave.pcm "calls_nothing" file "/dev/null" infile "{{pipe}}" format "raw" }
            """);
        Environment.SetEnvironmentVariable(Variable, configuration);
    }

    /// <summary>One for both programs; null where they are missing: then there is nothing to say of them.</summary>
    public static SoundCard? TryOpen() => MicrophoneInput.IsPresent && LoudspeakerOutput.IsPresent ? new() : null;

    /// <summary>What was played so far. ALSA writes it in pieces of a tenth of a second and more.</summary>
    public short[] Played
    {
        get
        {
            FileInfo file = new(PathOf("loudspeaker"));
            if (!file.Exists)
                return [];
            using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length / sizeof(short) * sizeof(short)];
            stream.ReadExactly(bytes);
            return MemoryMarshal.Cast<byte, short>(bytes).ToArray();
        }
    }

    /// <summary>Gives the microphone a <see cref="Block"/> of sound.</summary>
    public void Speak(ReadOnlySpan<short> block)
    {
        block.Length.Should().Be(Block);
        _pipe.Write(MemoryMarshal.AsBytes(block));
    }

    /// <summary>Ends the one <c>arecord</c> or <c>aplay</c> that this process has running, as one ends whose device is unplugged.</summary>
    public static void End(string program)
    {
        var own = $"{Environment.ProcessId}";
        using var one = Process.GetProcessesByName(program).Should().ContainSingle(process => ParentOf(process) == own).Subject;
        one.Kill();
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, _before);
        _pipe.Dispose();
        _folder.Delete(recursive: true);
    }

    // Behind its name, which stands in brackets, and its state.
    private static string? ParentOf(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        }
        catch (IOException)
        {
            // It left meanwhile.
            return null;
        }
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);
}
