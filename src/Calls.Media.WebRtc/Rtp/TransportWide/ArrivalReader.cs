using System.Buffers.Binary;

namespace Calls.Media.WebRtc.Rtp;

/// <summary>Reads transport-wide feedback: which packets arrived, and when.</summary>
internal ref struct ArrivalReader
{
    private static readonly TimeSpan Unit = TimeSpan.FromMicroseconds(250);
    private readonly ReadOnlySpan<byte> _text;
    private ushort _sequence;
    private int _left;
    private int _chunkAt;
    private int _timeAt;
    private int _run;
    private int _chunk;
    private TimeSpan _time;

    private ArrivalReader(ReadOnlySpan<byte> text)
    {
        _text = text;
        _sequence = BinaryPrimitives.ReadUInt16BigEndian(text);
        _left = BinaryPrimitives.ReadUInt16BigEndian(text[2..]);
        // 24 bits, signed.
        _time = TimeSpan.FromMilliseconds(64L * (BinaryPrimitives.ReadInt32BigEndian(text[4..]) >> 8));
        _chunkAt = 8;
    }

    /// <summary>Reads what follows the two sources of the feedback; false where it is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> feedback, out ArrivalReader reader)
    {
        reader = default;
        if (feedback.Length < 8)
            return false;
        reader = new ArrivalReader(feedback);
        return reader.TryFindTimes();
    }

    /// <summary>The next packet; false at the end, or where the rest is malformed.</summary>
    /// <param name="sequence">Its number.</param>
    /// <param name="arrival">When it arrived, on the other side's clock; null: it did not.</param>
    public bool TryNext(out ushort sequence, out TimeSpan? arrival)
    {
        (sequence, arrival) = (_sequence, null);
        if (_left == 0)
            return false;
        if (_run == 0)
            NextChunk();
        var status = NextStatus();
        if (status is 1 or 2)
        {
            if (_timeAt + status > _text.Length)
                return false;
            _time += Unit * (status == 1 ? _text[_timeAt] : BinaryPrimitives.ReadInt16BigEndian(_text[_timeAt..]));
            _timeAt += status;
            arrival = _time;
        }

        _sequence++;
        _left--;
        return true;
    }

    // The times begin after the chunks, which must be there for all packets that are told.
    private bool TryFindTimes()
    {
        var covered = 0;
        for (_timeAt = 8; covered < _left; _timeAt += 2)
        {
            if (_timeAt + 2 > _text.Length)
                return false;
            covered += RunOf(BinaryPrimitives.ReadUInt16BigEndian(_text[_timeAt..]));
        }

        return true;
    }

    private static int RunOf(int chunk) => (chunk & 0x8000) == 0 ? chunk & 0x1FFF : (chunk & 0x4000) == 0 ? 14 : 7;

    private void NextChunk()
    {
        // A run of no packet is passed over; there are enough chunks, as was seen before.
        do
        {
            _chunk = BinaryPrimitives.ReadUInt16BigEndian(_text[_chunkAt..]);
            _chunkAt += 2;
            _run = RunOf(_chunk);
        }
        while (_run == 0);
    }

    private int NextStatus()
    {
        _run--;
        if ((_chunk & 0x8000) == 0)
            return _chunk >> 13 & 3;
        return (_chunk & 0x4000) == 0 ? _chunk >> _run & 1 : _chunk >> (2 * _run) & 3;
    }
}
