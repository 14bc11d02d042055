using System.Runtime.InteropServices;
using Calls.Media.WebRtc.Audio;

namespace Calls.Media.WebRtc;

/// <summary>A microphone of a Linux system, through ALSA's <c>arecord</c>. One that is unplugged, or was never there, ends <c>arecord</c>: the call is told that it is lost.</summary>
public sealed class MicrophoneInput : IAudioInput
{
    // What is not taken in time is old: at most 100 ms wait.
    private readonly SampleRing _ring = new(5 * AudioFrame.Samples);
    private readonly SoundProcess _process;
    private volatile MediaException? _loss;
    private int _isDisposed;

    /// <summary>Opens the microphone.</summary>
    /// <param name="device">ALSA's name of the device. Default: <c>default</c>.</param>
    /// <exception cref="MediaException">There is no <c>arecord</c> (<see cref="MediaFailure.NoDevice"/>).</exception>
    public MicrophoneInput(string device = "default")
    {
        ArgumentException.ThrowIfNullOrEmpty(device);
        _process = SoundProcess.Start(SoundProcess.Microphone, device);
        Reading = ReadAsync();
    }

    /// <summary>Whether this system has <c>arecord</c>; whether a microphone is plugged in shows when it is read.</summary>
    public static bool IsPresent => SoundProcess.IsPresent(SoundProcess.Microphone);

    /// <summary>Completes when the microphone gives no more sound: it is disposed of, unplugged, or was never there.</summary>
    internal Task Reading { get; }

    /// <inheritdoc/>
    /// <exception cref="MediaException">The microphone is gone (<see cref="MediaFailure.NoDevice"/>), and all that it gave is read.</exception>
    public int Read(Span<short> frame)
    {
        // Looked at first: nothing is written behind it.
        var loss = _loss;
        var count = _ring.Read(frame);
        return count > 0 || loss is null ? count : throw loss;
    }

    /// <summary>Closes the microphone.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            _process.Dispose();
    }

    private async Task ReadAsync()
    {
        var bytes = new byte[AudioFrame.Samples * sizeof(short)];
        try
        {
            while (await _process.Sound.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false).ConfigureAwait(false) == bytes.Length)
                _ring.Write(MemoryMarshal.Cast<byte, short>(bytes));
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process ended, or was ended.
        }

        _loss = await _process.EndAsync("The microphone").ConfigureAwait(false);
    }
}
