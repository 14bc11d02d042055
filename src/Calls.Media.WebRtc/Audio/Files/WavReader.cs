using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Calls.Media.WebRtc.Audio;

namespace Calls.Media.WebRtc;

/// <summary>Plays a WAV file: PCM of 16 bits, any number of channels, of 8 to 192 kHz. It is turned into one channel of 48 kHz.</summary>
/// <remarks>The file is read whole when it is opened; at most 256 MiB. One of 8 kHz is given as it is too, where the call's codec is G.711.</remarks>
public sealed class WavReader : IAudioInput
{
    private const int MaximumLength = 256 * 1024 * 1024;
    private const int Narrow = 8_000;
    private const int Ratio = AudioFrame.SampleRate / Narrow;
    private readonly short[] _samples;

    // As it is in a file of 8 kHz; otherwise null.
    private readonly short[]? _narrow;
    private readonly bool _repeats;
    private int _next;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="repeats">Whether to begin anew at the end; otherwise silence follows. Default: no.</param>
    /// <exception cref="InvalidDataException">It is no WAV file with PCM of 16 bits.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public WavReader(string path, bool repeats = false)
        : this(ReadFile(path), repeats)
    {
    }

    internal WavReader(ReadOnlySpan<byte> file, bool repeats)
    {
        var (samples, rate) = Decode(file);
        (_samples, _narrow, _repeats) = (Resample(samples, rate), rate == Narrow ? samples : null, repeats);
    }

    /// <summary>How long it plays.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)_samples.Length / AudioFrame.SampleRate);

    /// <summary>Whether all was read; never where it repeats.</summary>
    public bool IsAtEnd => _next == _samples.Length;

    /// <summary>48,000 always, and 8,000 where the file has that rate.</summary>
    public bool Gives(int sampleRate) => sampleRate == AudioFrame.SampleRate || sampleRate == Narrow && _narrow is not null;

    /// <inheritdoc/>
    public int Read(Span<short> frame) => frame.Length * AudioFrame.PerSecond == Narrow && _narrow is not null ? Read(frame, _narrow, Ratio) : Read(frame, _samples, 1);

    /// <summary>Nothing is held: the file was read when it was opened.</summary>
    public void Dispose()
    {
    }

    private int Read(Span<short> frame, short[] samples, int ratio)
    {
        var count = 0;
        while (count < frame.Length && samples.Length > 0)
        {
            if (IsAtEnd && !_repeats)
                break;
            _next = IsAtEnd ? 0 : _next;
            var piece = Math.Min(frame.Length - count, samples.Length - _next / ratio);
            samples.AsSpan(_next / ratio, piece).CopyTo(frame[count..]);
            (count, _next) = (count + piece, Math.Min(_samples.Length, (_next / ratio + piece) * ratio));
        }

        return count;
    }

    private static byte[] ReadFile(string path)
    {
        if (new FileInfo(path).Length > MaximumLength)
            throw new InvalidDataException("A WAV file of more than 256 MiB is not read.");
        return File.ReadAllBytes(path);
    }

    private static (short[] Samples, int Rate) Decode(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file[8..12].SequenceEqual("WAVE"u8))
            throw new InvalidDataException("This is no WAV file.");
        var (channels, rate) = (0, 0);
        var rest = file[12..];
        while (rest.Length >= 8)
        {
            var name = rest[..4];
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            // A recording that was cut off, or is still being made, ends where the file does.
            var chunk = rest.Slice(8, (int)Math.Min(length, (uint)(rest.Length - 8)));
            if (name.SequenceEqual("fmt "u8) && chunk.Length >= 16)
                (channels, rate) = Format(chunk);
            if (name.SequenceEqual("data"u8))
                return channels > 0 ? (Mix(chunk, channels), rate) : throw new InvalidDataException("The WAV file has sound before its format.");
            rest = rest[Math.Min(rest.Length, 8 + chunk.Length + (chunk.Length & 1))..];
        }

        throw new InvalidDataException("The WAV file has no sound.");
    }

    private static (int Channels, int Rate) Format(ReadOnlySpan<byte> chunk)
    {
        const ushort Pcm = 1, Extensible = 0xFFFE;
        var format = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        var (channels, rate) = (BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]), BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]));
        if (format is not (Pcm or Extensible) || BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]) != 16 || channels == 0)
            throw new InvalidDataException("The WAV file is not PCM of 16 bits.");
        if (rate > 192_000 || !Resampler.CanResample((int)rate, AudioFrame.SampleRate))
            throw new InvalidDataException("The WAV file has a sample rate that cannot be turned into 48 kHz.");
        return (channels, (int)rate);
    }

    private static short[] Mix(ReadOnlySpan<byte> data, int channels)
    {
        var samples = MemoryMarshal.Cast<byte, short>(data);
        var mixed = new short[samples.Length / channels];
        for (var i = 0; i < mixed.Length; i++)
        {
            var sum = 0;
            foreach (var sample in samples.Slice(i * channels, channels))
                sum += BitConverter.IsLittleEndian ? sample : BinaryPrimitives.ReverseEndianness(sample);
            mixed[i] = (short)(sum / channels);
        }

        return mixed;
    }

    private static short[] Resample(short[] samples, int rate)
    {
        if (rate == AudioFrame.SampleRate)
            return samples;
        var room = new short[Resampler.Room(samples.Length, rate, AudioFrame.SampleRate)];
        var count = new Resampler(rate, AudioFrame.SampleRate).Process(samples, room);
        return room[..count];
    }
}
