using Calls.Media.WebRtc.Prefetching;
using Calls.Media.WebRtc.Rtp;

namespace Calls.Media.WebRtc.Audio;

/// <summary>What is to be played next.</summary>
internal enum JitterOutput
{
    /// <summary>Nothing: the buffer fills, or the stream has not begun.</summary>
    Wait,

    /// <summary>The packet that was asked for.</summary>
    Packet,

    /// <summary>The packet is lost or late: something is made up in its place.</summary>
    Lost,

    /// <summary>The sender sent nothing for that time.</summary>
    Silence,
}

/// <summary>
/// Puts the packets of sound in order and gives one at a time, late enough that most have come, and no later: the delay follows how unevenly they come. Pure: time is
/// an argument. Holds at most <see cref="Window"/> packets and allocates nothing once it has held as many, and as long ones, as ever will be.
/// </summary>
internal sealed class JitterBuffer
{
    /// <summary>How many packets are held: more than a second of the usual 20 ms.</summary>
    public const int Window = 64;

    private static readonly TimeSpan Packet = AudioFrame.Duration;
    private readonly Slot[] _slots = new Slot[Window];
    private PayloadPool _payloads = new();
    private readonly DelayEstimate _delay;
    private readonly int _clockRate;
    private TimestampUnwrapper _timestamps;
    private long _next = -1;
    private long _newest = -1;
    private long _nextTimestamp;
    private bool _plays;
    private int _madeUp;
    private int _leastHeld = int.MaxValue;
    private int _turns;

    /// <param name="clockRate">Ticks of the packets' timestamps a second.</param>
    public JitterBuffer(int clockRate)
    {
        (_clockRate, _delay) = (clockRate, new DelayEstimate(clockRate));
        _slots.AsSpan().Fill(new Slot { Number = -1 });
    }

    /// <summary>How long a packet waits before it is played, as it is aimed at now.</summary>
    public TimeSpan TargetDelay => _delay.Target;

    /// <summary>Packets that were made up so far, since they were lost or late.</summary>
    public long Concealed { get; private set; }

    /// <summary>Packets that came after their time.</summary>
    public long Late { get; private set; }

    /// <summary>Packets that were left out to shorten a delay that is no longer needed.</summary>
    public long Skipped { get; private set; }

    /// <summary>Takes a packet.</summary>
    public void Add(long number, uint timestamp, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        if (payload.IsEmpty || payload.Length > PayloadPool.Longest)
            return;
        var time = _timestamps.Unwrap(timestamp);
        _delay.Arrived(time, now);
        // A stream that goes on far away is a new one.
        if (_next < 0 || number >= _next + Window || number < _next - 10 * Window)
            (_next, _newest, _plays, _nextTimestamp) = (number, number, false, time);
        if (number < _next)
        {
            // Before the first was played, the stream just begins earlier.
            if (_plays || number < _newest - Window + 1)
            {
                Late++;
                return;
            }

            (_next, _nextTimestamp) = (number, time);
        }

        ref var slot = ref At(number);
        if (slot.Number != number)
            slot = new Slot { Number = number, Timestamp = time, Arrived = now, Payload = _payloads.Keep(payload, slot.Payload), Length = payload.Length };
        _newest = Math.Max(_newest, number);
    }

    /// <summary>What is to be played now; asked once for each packet's time.</summary>
    /// <param name="now">The time.</param>
    /// <param name="payload">The packet, valid until the next call; after a lost one the one that follows it, where it is there: some codecs make good the loss from it.</param>
    public JitterOutput Take(TimeSpan now, out ReadOnlySpan<byte> payload)
    {
        payload = [];
        if (!_plays && !(_plays = Begins(now)))
            return JitterOutput.Wait;
        Shorten();
        if (Holds(_next))
        {
            ref var slot = ref At(_next);
            // Timestamps that go further than numbers tell that nothing was sent: the packet waits for its time.
            if (slot.Timestamp - _nextTimestamp > _clockRate / 25 && slot.Timestamp - _nextTimestamp < _clockRate * 2L)
            {
                _nextTimestamp += _clockRate / 50;
                return JitterOutput.Silence;
            }

            payload = slot.Sound;
            Pass(ref slot);
            _madeUp = 0;
            return JitterOutput.Packet;
        }

        return MakeUp(ref payload);
    }

    /// <summary>The packet that was taken last has <paramref name="samples"/> of a rate, not 20 ms.</summary>
    public void Lasted(int samples, int sampleRate) => _nextTimestamp += ((long)samples - sampleRate / AudioFrame.PerSecond) * _clockRate / sampleRate;

    /// <summary>Prepares <see cref="Add"/> and <see cref="Take"/> of the next packet; as <see cref="IPrefetched.Prefetch"/>.</summary>
    public void Prefetch(int step)
    {
        var (next, newest) = (_next, _newest);
        if (next < 0 || newest < 0)
            return;
        if (step == 0)
        {
            CacheLines.Fetch(_delay);
            CacheLines.FetchPlace(in At(next));
            CacheLines.FetchPlace(in At(newest + 1));
        }
        else if (step == 1)
        {
            CacheLines.Fetch(At(next).Payload, lines: 3);
            _delay.Prefetch();
        }
    }

    private JitterOutput MakeUp(ref ReadOnlySpan<byte> payload)
    {
        Concealed++;
        _madeUp++;
        _nextTimestamp += _clockRate / 50;
        if (_newest >= _next)
        {
            _next++;
            if (Holds(_next))
                payload = At(_next).Sound;
            return JitterOutput.Lost;
        }

        // Nothing is there at all. What comes next is played, however late: the delay grows by what is made up.
        if (_madeUp <= 10)
            return JitterOutput.Lost;
        Concealed--;
        _plays = false;
        return JitterOutput.Wait;
    }

    // The first packet waits for the whole delay, so that those that overtook it or were held up find their place.
    private bool Begins(TimeSpan now)
    {
        if (_next < 0 || _newest < _next)
            return false;
        while (_next < _newest && !Holds(_next))
            _next++;
        if (!Holds(_next) || now - At(_next).Arrived < _delay.Target && _newest - _next + 1 < Window / 2)
            return false;
        _nextTimestamp = At(_next).Timestamp;
        (_leastHeld, _turns) = (int.MaxValue, 0);
        return true;
    }

    // Where for a second never fewer packets were there than the delay asks for and two more, one is left out.
    private void Shorten()
    {
        var held = (int)(_newest - _next + 1);
        _leastHeld = Math.Min(_leastHeld, held);
        var isFull = held > Window * 3 / 4;
        if (++_turns < 50 && !isFull)
            return;
        var most = (int)Math.Ceiling(_delay.Target / Packet);
        if ((_leastHeld > most + 2 || isFull) && Holds(_next))
        {
            Pass(ref At(_next));
            Skipped++;
        }

        (_leastHeld, _turns) = (int.MaxValue, 0);
    }

    // The next packet is played or left out.
    private void Pass(ref Slot slot)
    {
        _nextTimestamp = slot.Timestamp + _clockRate / 50;
        _next++;
        _payloads.Return(slot.Payload!);
        slot = new Slot { Number = -1 };
    }

    private bool Holds(long number) => At(number).Number == number;

    private ref Slot At(long number) => ref _slots[number % Window];

    private struct Slot
    {
        public long Number;
        public long Timestamp;
        public TimeSpan Arrived;
        public byte[]? Payload;
        public int Length;

        public readonly ReadOnlySpan<byte> Sound => Payload.AsSpan(0, Length);
    }
}
