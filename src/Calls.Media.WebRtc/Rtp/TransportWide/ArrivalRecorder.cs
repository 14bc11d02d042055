using System.Buffers.Binary;
using Calls.Media.WebRtc.Prefetching;

namespace Calls.Media.WebRtc.Rtp;

/// <summary>
/// Remembers when the packets of the transport arrived, and writes it as transport-wide feedback, from which the other side estimates its bandwidth
/// (draft-holmer-rmcat-transport-wide-cc-extensions-01). Holds at most <see cref="Window"/> arrivals.
/// </summary>
internal sealed class ArrivalRecorder
{
    /// <summary>How many sequence numbers are kept: at 10 Mbit/s more than half a second.</summary>
    public const int Window = 1_024;

    /// <summary>How often feedback is sent.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private const int PacketsPerFeedback = 400;
    private static readonly TimeSpan Unit = TimeSpan.FromMicroseconds(250);
    private static readonly TimeSpan ReferenceUnit = TimeSpan.FromMilliseconds(64);
    private readonly TimeSpan[] _arrivals = new TimeSpan[Window];
    private SequenceUnwrapper _sequences;
    private long _first = long.MaxValue;
    private long _end;
    private TimeSpan _lastFeedback = TimeSpan.MinValue;
    private byte _count;

    /// <summary>When the next feedback is due; <see cref="TimeSpan.MaxValue"/>: there is nothing to tell.</summary>
    public TimeSpan NextTimeout => _first >= _end ? TimeSpan.MaxValue : _lastFeedback == TimeSpan.MinValue ? TimeSpan.Zero : _lastFeedback + Interval;

    /// <summary>Remembers an arrival.</summary>
    public void Arrived(ushort sequence, TimeSpan now)
    {
        var number = _sequences.Unwrap(sequence);
        if (_first >= _end || number >= _end + Window || number < _end - Window)
        {
            // The first, or one from another world: what was there before is of no use to anybody.
            if (_first < _end && number < _first)
                return;
            (_first, _end) = (number, number);
        }

        for (; _end <= number; _end++)
            _arrivals[_end % Window] = Missing;
        // One that comes after those behind it were told is told with the next ones.
        for (; _first > number; _first--)
            _arrivals[(_first - 1) % Window] = Missing;
        _first = Math.Max(_first, _end - Window);
        if (number >= _first && _arrivals[number % Window] == Missing)
            _arrivals[number % Window] = now;
    }

    /// <summary>Prepares the next arrival.</summary>
    public void Prefetch() => CacheLines.FetchPlace(in _arrivals[(int)((ulong)_end % Window)]);

    /// <summary>Adds the feedback that is due to <paramref name="writer"/>; false where there is none or no room.</summary>
    public bool TryWrite(ref RtcpWriter writer, uint ssrc, uint subject, TimeSpan now)
    {
        if (NextTimeout > now)
            return false;
        // The sequence of the feedback begins at the first that arrived: what was lost before was told, or will never be known.
        while (_first < _end && _arrivals[_first % Window] == Missing)
            _first++;
        if (_first >= _end)
            return false;

        Span<byte> text = stackalloc byte[8 + PacketsPerFeedback * 3 + 4];
        var reference = _arrivals[_first % Window].Ticks / ReferenceUnit.Ticks;
        var (told, length) = Encode(text, TimeSpan.FromTicks(reference * ReferenceUnit.Ticks));
        BinaryPrimitives.WriteUInt16BigEndian(text, (ushort)_first);
        BinaryPrimitives.WriteUInt16BigEndian(text[2..], (ushort)told);
        BinaryPrimitives.WriteUInt32BigEndian(text[4..], (uint)reference << 8 | _count);
        if (!writer.TryFeedback(RtcpType.TransportFeedback, RtcpFormat.TransportWide, ssrc, subject, (length + 3) & ~3, out var body))
            return false;
        text[..length].CopyTo(body);
        body[length..].Clear();
        _count++;
        _first += told;
        _lastFeedback = now;
        return true;
    }

    private static TimeSpan Missing => TimeSpan.MinValue;

    // Two-bit status vectors of seven packets: never the shortest, always simple. The times follow the vectors.
    private (int Told, int Length) Encode(Span<byte> text, TimeSpan reference)
    {
        var most = (int)Math.Min(_end - _first, PacketsPerFeedback);
        Span<byte> times = stackalloc byte[PacketsPerFeedback * 2];
        var (at, timesLength, told) = (8, 0, 0);
        while (told < most)
        {
            var vector = 0xC000;
            for (var i = 0; i < 7 && told < most; i++)
            {
                var arrival = _arrivals[(_first + told) % Window];
                if (arrival == Missing)
                {
                    told++;
                    continue;
                }

                var delta = (arrival - reference).Ticks / Unit.Ticks;
                if (delta is < short.MinValue or > short.MaxValue)
                {
                    // Too far from the one before: the rest is told in the next feedback.
                    most = told;
                    break;
                }

                reference += delta * Unit;
                if (delta is >= 0 and <= byte.MaxValue)
                {
                    times[timesLength++] = (byte)delta;
                    vector |= 1 << (12 - 2 * i);
                }
                else
                {
                    BinaryPrimitives.WriteInt16BigEndian(times[timesLength..], (short)delta);
                    timesLength += 2;
                    vector |= 2 << (12 - 2 * i);
                }

                told++;
            }

            BinaryPrimitives.WriteUInt16BigEndian(text[at..], (ushort)vector);
            at += 2;
        }

        times[..timesLength].CopyTo(text[at..]);
        return (told, at + timesLength);
    }
}
