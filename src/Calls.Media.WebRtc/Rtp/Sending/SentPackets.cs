namespace Calls.Media.WebRtc.Rtp;

/// <summary>The last packets of a stream, kept for those that ask for them again.</summary>
internal sealed class SentPackets
{
    /// <summary>How many are kept: half a second of a stream of 10 Mbit/s.</summary>
    public const int Count = 512;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);
    private readonly Entry?[] _entries = new Entry?[Count];

    /// <summary>Keeps a packet in the place of the one <see cref="Count"/> before it.</summary>
    public void Keep(ushort sequence, uint timestamp, bool marker, ReadOnlySpan<byte> payload, TimeSpan now)
    {
        var entry = _entries[sequence % Count] ??= new Entry();
        if (entry.Buffer.Length < payload.Length)
            entry.Buffer = new byte[Math.Max(payload.Length, 1_200)];
        payload.CopyTo(entry.Buffer);
        (entry.Sequence, entry.Timestamp, entry.Marker, entry.Length, entry.Sent, entry.Again) = (sequence, timestamp, marker, payload.Length, now, null);
    }

    /// <summary>The packet, which is taken to be sent again now; null: it is gone, or was sent again less than <paramref name="pause"/> ago.</summary>
    public Entry? Find(ushort sequence, TimeSpan now, TimeSpan pause)
    {
        if (_entries[sequence % Count] is not { } entry || entry.Sequence != sequence || now - entry.Sent > Lifetime || now - entry.Again < pause)
            return null;
        entry.Again = now;
        return entry;
    }

    /// <summary>A packet that was sent.</summary>
    internal sealed class Entry
    {
        public byte[] Buffer { get; set; } = [];

        public ushort Sequence { get; set; }

        public uint Timestamp { get; set; }

        public bool Marker { get; set; }

        public int Length { get; set; }

        public TimeSpan Sent { get; set; }

        public TimeSpan? Again { get; set; }

        public ReadOnlySpan<byte> Payload => Buffer.AsSpan(0, Length);
    }
}
