using Calls.Media.WebRtc.Video;

namespace Calls.Media.WebRtc.Tests.Video;

public class AssemblerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);
    private readonly Vp8Assembler _assembler = new(Patience);
    private readonly Random _random = new(8);
    private long _number = 1_000;
    private uint _timestamp;

    [Fact]
    public void Frames_come_out_in_order_however_their_packets_come()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            Random random = new(seed);
            Vp8Assembler assembler = new(Patience);
            List<string> sent = [], shown = [];
            List<(TimeSpan At, Packet Packet)> way = [];
            for (var i = 0; i < 60; i++)
            {
                var frame = i == 0 ? Pictures.Key(4_000, random) : Pictures.Delta(random.Next(20, 6_000), random);
                sent.Add(Pictures.Name(frame));
                foreach (var packet in Cut(frame))
                    way.Add((TimeSpan.FromMilliseconds(i * 33 + random.Next(60)), packet));
            }

            foreach (var (at, packet) in way.OrderBy(one => one.At))
            {
                packet.AddTo(assembler, at);
                while (assembler.TryTake(at, out var frame, out _, out _))
                    shown.Add(Pictures.Name(frame));
            }

            shown.Should().Equal(sent, $"seed {seed}");
        }
    }

    [Fact]
    public void After_a_loss_nothing_is_shown_before_a_key_frame()
    {
        Add(Pictures.Key(3_000, _random), 0, lose: -1);
        Shown(0).Should().Be(1);
        Add(Pictures.Delta(3_000, _random), 33, lose: 1);
        Add(Pictures.Delta(3_000, _random), 66, lose: -1);
        Shown(100).Should().Be(0);
        _assembler.NeedsKeyFrame.Should().BeFalse("it may still come");
        Shown(500).Should().Be(0);
        _assembler.NeedsKeyFrame.Should().BeTrue();
        Add(Pictures.Delta(3_000, _random), 510, lose: -1);
        Shown(510).Should().Be(0);
        Add(Pictures.Key(3_000, _random), 550, lose: -1);
        Add(Pictures.Delta(500, _random), 580, lose: -1);
        Shown(580).Should().Be(2);
        _assembler.NeedsKeyFrame.Should().BeFalse();
    }

    [Fact]
    public void What_comes_late_but_in_time_is_shown()
    {
        Add(Pictures.Key(3_000, _random), 0, lose: -1);
        var late = Add(Pictures.Delta(3_000, _random), 33, lose: 1)!.Value;
        Add(Pictures.Delta(3_000, _random), 66, lose: -1);
        Shown(70).Should().Be(1);
        late.AddTo(_assembler, TimeSpan.FromMilliseconds(300));
        Shown(300).Should().Be(2);
    }

    [Fact]
    public void A_stream_that_begins_in_the_middle_waits_for_a_key_frame()
    {
        Add(Pictures.Delta(3_000, _random), 0, lose: 0);
        Add(Pictures.Delta(3_000, _random), 33, lose: -1);
        Shown(40).Should().Be(0);
        Add(Pictures.Key(3_000, _random), 66, lose: -1);
        Shown(70).Should().Be(1);
    }

    [Fact]
    public void A_frame_without_end_is_not_kept()
    {
        var key = Pictures.Key(1_000, _random);
        foreach (var packet in Cut(key))
            (packet with { Marker = false }).AddTo(_assembler, default);
        var piece = new byte[1_100];
        Allocated.By(AddWithoutEnd).Should().BeLessThan(20_000_000);
        _assembler.NeedsKeyFrame.Should().BeTrue();

        void AddWithoutEnd()
        {
            for (var i = 0; i < 10_000; i++)
            {
                new Packet(_number++, _timestamp, false, piece).AddTo(_assembler, default);
                Shown(0).Should().Be(0);
            }
        }
    }

    [Fact]
    public void An_empty_packet_only_fills_the_line()
    {
        Add(Pictures.Key(3_000, _random), 0, lose: -1);
        new Packet(_number++, _timestamp, false, []).AddTo(_assembler, default);
        Add(Pictures.Delta(3_000, _random), 33, lose: -1);
        Shown(40).Should().Be(2);
    }

    private Packet? Add(byte[] frame, int milliseconds, int lose)
    {
        Packet? lost = null;
        var index = 0;
        foreach (var packet in Cut(frame))
        {
            if (index++ == lose)
                lost = packet;
            else
                packet.AddTo(_assembler, TimeSpan.FromMilliseconds(milliseconds));
        }

        return lost;
    }

    private int Shown(int milliseconds)
    {
        var count = 0;
        while (_assembler.TryTake(TimeSpan.FromMilliseconds(milliseconds), out _, out _, out _))
            count++;
        return count;
    }

    private List<Packet> Cut(byte[] frame)
    {
        _timestamp += 3_000;
        Vp8Packetizer packetizer = default;
        var packets = packetizer.Begin(frame);
        var payload = new byte[Vp8Packetizer.MaximumPayload];
        List<Packet> cut = [];
        while (packets.TryNext(payload, out var length))
            cut.Add(new Packet(_number++, _timestamp, packets.IsLast, payload[..length]));
        return cut;
    }

    private readonly record struct Packet(long Number, uint Timestamp, bool Marker, byte[] Payload)
    {
        public void AddTo(Vp8Assembler assembler, TimeSpan now) => assembler.Add(Number, Timestamp, Marker, Payload, now);
    }
}
