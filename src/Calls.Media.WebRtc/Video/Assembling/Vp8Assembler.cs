namespace Calls.Media.WebRtc.Video;

/// <summary>
/// Puts packets in order and makes whole frames of them; waits for what is missing, and gives up when it does not come: from then on nothing is shown until a
/// key frame. Holds at most <see cref="Window"/> packets and a frame of <see cref="MaximumFrame"/> bytes.
/// </summary>
internal sealed class Vp8Assembler
{
    /// <summary>How many packets are held while one before them is missing.</summary>
    public const int Window = 1_024;

    /// <summary>The longest frame, in bytes.</summary>
    public const int MaximumFrame = 2 * 1_024 * 1_024;

    private readonly Slot?[] _slots = new Slot?[Window];
    private readonly TimeSpan _patience;
    private byte[] _frame = new byte[16 * 1_024];
    private int _frameLength;
    private uint _frameTimestamp;
    private bool _isInFrame;
    private bool _frameIsKey;
    private long _next = -1;
    private long _newest = -1;
    private long _first = -1;
    private TimeSpan? _missingSince;

    /// <param name="patience">How long a missing packet is waited for.</param>
    public Vp8Assembler(TimeSpan patience) => _patience = patience;

    /// <summary>Whether a key frame must come before anything can be shown.</summary>
    public bool NeedsKeyFrame { get; private set; } = true;

    /// <summary>The first packet that is still of use.</summary>
    public long FirstWanted => _next;

    /// <summary>Frames that were given out.</summary>
    public long Frames { get; private set; }

    /// <summary>Takes a packet; one that is no VP8, came already or comes too late is left.</summary>
    public void Add(long number, uint timestamp, bool marker, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (!Vp8Descriptor.TryRead(payload, out var descriptor, out var data) || data.Length > Slot.MaximumData)
        {
            // An empty packet only fills the line; its number must not be missed.
            if (!payload.IsEmpty)
                return;
        }

        if (_next < 0 || number >= _next + Window)
            BeginAt(number);
        // What overtook the first packets of the stream is still there behind them.
        if (number < _first && Frames == 0 && number > _newest - Window)
            (_first, _next, _isInFrame) = (number, number, false);
        if (number < _next)
            return;
        var slot = _slots[number % Window] ??= new Slot();
        if (slot.Number == number)
            return;
        slot.Set(number, timestamp, marker, descriptor.BeginsFrame, data);
        _newest = Math.Max(_newest, number);
        if (number != _next)
            _missingSince ??= now;
    }

    /// <summary>Waits no longer for what is missing: too much is.</summary>
    public void GiveUp() => Lose();

    /// <summary>The next whole frame that can be shown; false where there is none yet. The frame is valid until the next call.</summary>
    public bool TryTake(TimeSpan now, out ReadOnlySpan<byte> frame, out uint timestamp, out bool isKeyFrame)
    {
        while (true)
        {
            while (_next >= 0 && _slots[_next % Window] is { } slot && slot.Number == _next)
            {
                _next++;
                _missingSince = _next <= _newest ? now : null;
                if (!Join(slot))
                    continue;
                frame = _frame.AsSpan(0, _frameLength);
                (timestamp, isKeyFrame) = (_frameTimestamp, _frameIsKey);
                Frames++;
                return true;
            }

            if (!GivesUp(now))
            {
                frame = [];
                (timestamp, isKeyFrame) = (0, false);
                return false;
            }
        }
    }

    // Whether the packet ended a frame that can be shown.
    private bool Join(Slot slot)
    {
        if (slot.Length == 0)
            return false;
        if (slot.BeginsFrame)
        {
            _frameIsKey = Vp8Frame.IsKeyFrame(slot.Data);
            // A key frame makes good whatever was lost before it.
            _isInFrame = _frameIsKey || !NeedsKeyFrame;
            (_frameLength, _frameTimestamp) = (0, slot.Timestamp);
        }
        else if (!_isInFrame || slot.Timestamp != _frameTimestamp)
        {
            // The middle of a frame whose begin nobody saw.
            Lose();
        }

        if (!_isInFrame || !Append(slot.Data))
            return false;
        if (!slot.Marker)
            return false;
        _isInFrame = false;
        NeedsKeyFrame = NeedsKeyFrame && !_frameIsKey;
        return true;
    }

    private bool Append(ReadOnlySpan<byte> data)
    {
        if (_frameLength + data.Length > MaximumFrame)
        {
            Lose();
            return false;
        }

        if (_frameLength + data.Length > _frame.Length)
            Array.Resize(ref _frame, Math.Min(MaximumFrame, Math.Max(_frame.Length * 2, _frameLength + data.Length)));
        data.CopyTo(_frame.AsSpan(_frameLength));
        _frameLength += data.Length;
        return true;
    }

    // Whether what is missing was given up, so that there is something to read again.
    private bool GivesUp(TimeSpan now)
    {
        if (_missingSince is not { } since)
            return false;
        var isLate = now - since >= _patience;
        if (isLate)
            Lose();
        // A key frame further on may be shown at once when nothing else can be.
        if (!NeedsKeyFrame || KeyFrameAfter(_next) is not { } begin)
            return false;
        _next = begin;
        return true;
    }

    private long? KeyFrameAfter(long number)
    {
        for (var at = number; at <= _newest; at++)
        {
            if (_slots[at % Window] is { } slot && slot.Number == at && slot.BeginsFrame && Vp8Frame.IsKeyFrame(slot.Data))
                return at;
        }

        return null;
    }

    private void Lose() => (_isInFrame, NeedsKeyFrame) = (false, true);

    private void BeginAt(long number)
    {
        if (_next >= 0)
            Lose();
        (_first, _next, _newest, _missingSince) = (number, number, number, null);
    }

    private sealed class Slot
    {
        public const int MaximumData = 2_048;

        private byte[] _data = [];

        public long Number { get; private set; } = -1;

        public uint Timestamp { get; private set; }

        public bool Marker { get; private set; }

        public bool BeginsFrame { get; private set; }

        public int Length { get; private set; }

        public ReadOnlySpan<byte> Data => _data.AsSpan(0, Length);

        public void Set(long number, uint timestamp, bool marker, bool beginsFrame, ReadOnlySpan<byte> data)
        {
            if (_data.Length < data.Length)
                _data = new byte[Math.Max(data.Length, 1_200)];
            data.CopyTo(_data);
            (Number, Timestamp, Marker, BeginsFrame, Length) = (number, timestamp, marker, beginsFrame, data.Length);
        }
    }
}
