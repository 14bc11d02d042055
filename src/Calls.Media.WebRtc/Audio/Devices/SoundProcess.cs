using System.ComponentModel;
using System.Diagnostics;

namespace Calls.Media.WebRtc.Audio;

/// <summary>One of the two programs of ALSA, which carry raw sound through their standard input and output.</summary>
internal static class SoundProcess
{
    public const string Microphone = "arecord";
    public const string Loudspeaker = "aplay";

    /// <summary>Whether the program is in the path of a Linux system.</summary>
    public static bool IsPresent(string program)
        => OperatingSystem.IsLinux()
        && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Starts it.</summary>
    /// <exception cref="MediaException">It is not there.</exception>
    public static Process Start(string program, string device)
    {
        ProcessStartInfo start = new(program)
        {
            RedirectStandardInput = program == Loudspeaker,
            RedirectStandardOutput = program == Microphone,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])["-q", "-D", device, "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", $"{AudioFrame.SampleRate}", "--buffer-time=60000"])
            start.ArgumentList.Add(argument);
        try
        {
            var process = Process.Start(start) ?? throw new MediaException(MediaFailure.NoDevice, $"{program} did not start.");
            // Read and left: a program whose complaints nobody takes stands still.
            process.BeginErrorReadLine();
            return process;
        }
        catch (Win32Exception missing)
        {
            throw new MediaException(MediaFailure.NoDevice, $"{program} is not there; on Debian it comes with alsa-utils.", missing);
        }
    }

    /// <summary>Ends it and whatever waits for it.</summary>
    public static void Stop(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }

        process.Dispose();
    }
}
