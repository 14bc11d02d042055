using System.Buffers.Binary;

namespace Calls.Media.WebRtc;

/// <summary>Plays the VP8 pictures of an IVF file at the speed at which they were recorded, and begins anew at the end.</summary>
/// <remarks>The file is read whole when it is opened; at most 256 MiB. Not for several threads at once.</remarks>
public sealed class IvfReader : IVideoInput
{
    private const int HeaderLength = 32;
    private const int FrameHeaderLength = 12;
    private const int MaximumLength = 256 * 1024 * 1024;
    private readonly byte[] _file;
    private readonly List<Entry> _frames = [];
    private readonly TimeSpan _duration;
    private readonly bool _repeats;
    private int _next;
    private TimeSpan _offset;
    private bool _wantsKeyFrame;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="repeats">Whether to begin anew at the end. Default: yes.</param>
    /// <exception cref="InvalidDataException">It is no IVF file with VP8 pictures that begin with a key frame.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public IvfReader(string path, bool repeats = true)
        : this(ReadFile(path), repeats)
    {
    }

    internal IvfReader(byte[] file, bool repeats)
    {
        (_file, _repeats) = (file, repeats);
        if (file.Length < HeaderLength || !file.AsSpan(0, 4).SequenceEqual("DKIF"u8) || !file.AsSpan(8, 4).SequenceEqual("VP80"u8))
            throw new InvalidDataException("This is no IVF file with VP8 pictures.");
        var (rate, scale) = (BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(16)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(20)));
        if (rate == 0 || scale == 0)
            throw new InvalidDataException("The IVF file has no time base.");
        Index(BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(6)), (double)scale / rate);
        if (_frames.Count == 0 || !_frames[0].IsKeyFrame)
            throw new InvalidDataException("The IVF file does not begin with a key frame.");
        // The last picture is shown as long as the others on average; never no time at all.
        var average = _frames.Count > 1 ? _frames[^1].Timestamp / (_frames.Count - 1) : TimeSpan.FromSeconds(1);
        _duration = _frames[^1].Timestamp + (average > TimeSpan.FromMilliseconds(1) ? average : TimeSpan.FromMilliseconds(1));
    }

    /// <summary>Pictures in the file.</summary>
    public int Frames => _frames.Count;

    /// <summary>How long it plays.</summary>
    public TimeSpan Duration => _duration;

    /// <inheritdoc/>
    public bool TryRead(TimeSpan elapsed, out VideoFrame frame)
    {
        frame = default;
        if (_next == _frames.Count)
        {
            if (!_repeats)
                return false;
            (_next, _offset) = (0, _offset + _duration);
        }

        if (_frames[_next].Timestamp + _offset > elapsed)
            return false;
        // Pictures are not skipped one by one: a file shows again from the nearest key frame, its time going on.
        if (_wantsKeyFrame && !_frames[_next].IsKeyFrame)
        {
            var due = _frames[_next].Timestamp;
            while (!_frames[_next].IsKeyFrame)
                _next--;
            _offset += due - _frames[_next].Timestamp;
        }

        _wantsKeyFrame = false;
        var entry = _frames[_next++];
        frame = new VideoFrame(_file.AsSpan(entry.At, entry.Length), entry.Timestamp + _offset, entry.IsKeyFrame);
        return true;
    }

    /// <inheritdoc/>
    public void RequestKeyFrame() => _wantsKeyFrame = true;

    /// <summary>Nothing is held: the file was read when it was opened.</summary>
    public void Dispose()
    {
    }

    private static byte[] ReadFile(string path)
    {
        if (new FileInfo(path).Length > MaximumLength)
            throw new InvalidDataException("An IVF file of more than 256 MiB is not read.");
        return File.ReadAllBytes(path);
    }

    private void Index(int at, double secondsPerTick)
    {
        TimeSpan? first = null;
        while (at + FrameHeaderLength <= _file.Length)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(_file.AsSpan(at));
            var ticks = BinaryPrimitives.ReadInt64LittleEndian(_file.AsSpan(at + 4));
            at += FrameHeaderLength;
            // A recording that was cut off ends where its last whole picture does.
            if (length <= 0 || length > _file.Length - at)
                return;
            var seconds = ticks * secondsPerTick;
            if (seconds is < 0 or > 1e6)
                throw new InvalidDataException("A picture of the IVF file has a time that cannot be.");
            var time = TimeSpan.FromSeconds(seconds);
            first ??= time;
            var last = _frames.Count > 0 ? _frames[^1].Timestamp : TimeSpan.Zero;
            _frames.Add(new Entry(at, length, time - first.Value < last ? last : time - first.Value, Video.Vp8Frame.IsKeyFrame(_file.AsSpan(at, length))));
            at += length;
        }
    }

    private readonly record struct Entry(int At, int Length, TimeSpan Timestamp, bool IsKeyFrame);
}
