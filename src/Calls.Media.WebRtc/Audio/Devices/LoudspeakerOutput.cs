using System.Runtime.InteropServices;
using System.Threading.Channels;
using Calls.Media.WebRtc.Audio;

namespace Calls.Media.WebRtc;

/// <summary>A loudspeaker of a Linux system, through ALSA's <c>aplay</c>. One that is unplugged, or was never there, ends <c>aplay</c>: the call is told that it is lost.</summary>
public sealed class LoudspeakerOutput : IAudioOutput
{
    // What is not played in time is old: at most 200 ms wait.
    private readonly SampleRing _ring = new(10 * AudioFrame.Samples);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SoundProcess _process;
    private volatile MediaException? _loss;
    private int _isDisposed;

    /// <summary>Opens the loudspeaker.</summary>
    /// <param name="device">ALSA's name of the device. Default: <c>default</c>.</param>
    /// <exception cref="MediaException">There is no <c>aplay</c> (<see cref="MediaFailure.NoDevice"/>).</exception>
    public LoudspeakerOutput(string device = "default")
    {
        ArgumentException.ThrowIfNullOrEmpty(device);
        _process = SoundProcess.Start(SoundProcess.Loudspeaker, device);
        Playing = PlayAsync();
    }

    /// <summary>Whether this system has <c>aplay</c>; whether a loudspeaker is plugged in shows when it is written to.</summary>
    public static bool IsPresent => SoundProcess.IsPresent(SoundProcess.Loudspeaker);

    /// <summary>Completes when nothing is played any more.</summary>
    internal Task Playing { get; }

    /// <inheritdoc/>
    /// <exception cref="MediaException">The loudspeaker is gone (<see cref="MediaFailure.NoDevice"/>).</exception>
    public void Write(ReadOnlySpan<short> frame)
    {
        if (_loss is { } loss)
            throw loss;
        _ring.Write(frame);
        _wake.Writer.TryWrite(true);
    }

    /// <summary>Closes the loudspeaker.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        _wake.Writer.TryComplete();
        _process.Dispose();
    }

    private async Task PlayAsync()
    {
        var samples = new short[AudioFrame.Samples];
        var bytes = new byte[AudioFrame.Samples * sizeof(short)];
        try
        {
            while (await _wake.Reader.WaitToReadAsync().ConfigureAwait(false))
            {
                _wake.Reader.TryRead(out _);
                while (_ring.Read(samples) is > 0 and var count)
                {
                    MemoryMarshal.AsBytes<short>(samples.AsSpan(0, count)).CopyTo(bytes);
                    await _process.Sound.WriteAsync(bytes.AsMemory(0, count * sizeof(short))).ConfigureAwait(false);
                    await _process.Sound.FlushAsync().ConfigureAwait(false);
                }
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process ended, or was ended.
        }

        _loss = await _process.EndAsync("The loudspeaker").ConfigureAwait(false);
    }
}
