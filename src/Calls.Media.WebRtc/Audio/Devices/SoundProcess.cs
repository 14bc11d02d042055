using System.ComponentModel;
using System.Diagnostics;

namespace Calls.Media.WebRtc.Audio;

/// <summary>One of the two programs of ALSA, which carry raw sound through their standard input and output. Disposing ends it, and whatever waits for it.</summary>
internal sealed class SoundProcess : IDisposable
{
    public const string Microphone = "arecord";
    public const string Loudspeaker = "aplay";

    // Its last words come through another pipe than its sound; one that leaves somebody behind at that pipe never closes it.
    private static readonly TimeSpan PatienceForWords = TimeSpan.FromSeconds(1);
    private readonly Process _process;
    private readonly string _program;
    private volatile string? _lastWords;

    private SoundProcess(Process process, string program)
    {
        (_process, _program) = (process, program);
        Sound = program == Microphone ? process.StandardOutput.BaseStream : process.StandardInput.BaseStream;
        process.ErrorDataReceived += (_, said) => _lastWords = string.IsNullOrWhiteSpace(said.Data) ? _lastWords : said.Data;
        // Also where nobody would ask: a program whose complaints nobody takes stands still.
        process.BeginErrorReadLine();
    }

    /// <summary>What the microphone gives, or the loudspeaker takes.</summary>
    public Stream Sound { get; }

    /// <summary>Whether the program is in the path of a Linux system.</summary>
    public static bool IsPresent(string program)
        => OperatingSystem.IsLinux()
        && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Starts it.</summary>
    /// <exception cref="MediaException">It is not there.</exception>
    public static SoundProcess Start(string program, string device)
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
            return new(Process.Start(start) ?? throw new MediaException(MediaFailure.NoDevice, $"{program} did not start."), program);
        }
        catch (Win32Exception missing)
        {
            throw new MediaException(MediaFailure.NoDevice, $"{program} is not there; on Debian it comes with alsa-utils.", missing);
        }
    }

    /// <summary>Its sound is over: why, as far as it says so.</summary>
    /// <param name="device">What it was, as a sentence begins.</param>
    public async Task<MediaException> EndAsync(string device)
    {
        using CancellationTokenSource patience = new(PatienceForWords);
        try
        {
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException)
        {
            // It holds on to its pipes, or was ended from here.
        }

        return new MediaException(MediaFailure.NoDevice, $"{device} is gone: {_lastWords ?? $"{_program} ended."}");
    }

    public void Dispose()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended by itself.
        }

        _process.Dispose();
    }
}
