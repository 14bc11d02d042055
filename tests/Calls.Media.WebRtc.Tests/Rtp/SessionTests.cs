using Calls.Media.WebRtc.Rtp;
using Calls.Media.WebRtc.Tests.Video;

namespace Calls.Media.WebRtc.Tests.Rtp;

public class SessionTests
{
    private readonly SessionPair _pair = new();

    [Fact]
    public void Sound_and_pictures_arrive_and_are_counted()
    {
        List<byte[]> sent = [];
        var step = 0;
        _pair.Pass(TimeSpan.FromSeconds(3), () =>
        {
            if (step % 20 == 0)
                _pair.First.Session.SendAudio([1, 2, (byte)step], (uint)step * 48, false, _pair.Now);
            if (step++ % 40 == 0)
                Picture(sent, step == 1, 5_000, (uint)step * 90);
        });

        _pair.Second.Sound.Should().HaveCount(150);
        _pair.Second.Pictures.Select(picture => Pictures.Name(picture.Frame)).Should().Equal(sent.Select(frame => Pictures.Name(frame)));
        _pair.Second.Pictures[0].IsKeyFrame.Should().BeTrue();
        _pair.Second.Pictures[^1].Timestamp.Should().BeCloseTo(TimeSpan.FromMilliseconds(74 * 40), TimeSpan.FromMilliseconds(1));
        var (here, there) = (_pair.First.Session.Figures, _pair.Second.Session.Figures);
        there.PacketsReceived.Should().Be(here.PacketsSent);
        there.BytesReceived.Should().Be(here.BytesSent);
        there.PacketsLost.Should().Be(0);
        here.RoundTripTime!.Value.Should().BeCloseTo(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(3));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void With_five_in_a_hundred_lost_every_picture_still_arrives(int seed)
    {
        Random fate = new(seed);
        _pair.First.Network = _ => fate.Next(100) < 5 ? null : TimeSpan.FromMilliseconds(10 + fate.Next(4));
        _pair.Second.Network = _ => fate.Next(100) < 5 ? null : TimeSpan.FromMilliseconds(10);
        List<byte[]> sent = [];
        var step = 0;
        _pair.Pass(TimeSpan.FromSeconds(10), () =>
        {
            if (step++ % 33 == 0 && step < 9_500)
                Picture(sent, step == 1, 6_000, (uint)step * 90);
        });

        _pair.Second.Pictures.Select(picture => Pictures.Name(picture.Frame)).Should().Equal(sent.Select(frame => Pictures.Name(frame)));
        _pair.First.Session.Figures.PacketsSent.Should().BeGreaterThan(sent.Count * 6, "some were sent again");
    }

    [Fact]
    public void Pictures_that_never_come_are_told_and_a_key_frame_makes_good()
    {
        List<byte[]> sent = [];
        var (step, cut, wanted) = (0, false, 0);
        _pair.First.Network = packet => cut && !RtpPacket.IsRtcp(packet) ? null : TimeSpan.FromMilliseconds(10);
        _pair.Pass(TimeSpan.FromSeconds(4), () =>
        {
            cut = step is > 1_000 and < 1_600;
            if (step++ % 40 != 0)
                return;
            Picture(sent, step == 1 || _pair.First.KeyFramesWanted > wanted, 30_000, (uint)step * 90);
            wanted = _pair.First.KeyFramesWanted;
        });

        wanted.Should().BeInRange(1, 4);
        var after = _pair.Second.Pictures.SkipWhile(picture => picture.Timestamp < TimeSpan.FromSeconds(1.6)).ToList();
        after[0].IsKeyFrame.Should().BeTrue();
        after.Should().HaveCountGreaterThan(45);
    }

    [Fact]
    public void What_goes_is_told_over_the_whole_transport()
    {
        List<byte[]> sent = [];
        var step = 0;
        _pair.Pass(TimeSpan.FromSeconds(1), () =>
        {
            if (step++ % 40 == 0)
                Picture(sent, step == 1, 3_000, (uint)step * 90);
        });

        var told = new HashSet<ushort>();
        foreach (var compound in _pair.Second.Reports)
        {
            RtcpReader reader = new(compound);
            while (reader.TryNext(out var block))
            {
                if (block is not { Type: RtcpType.TransportFeedback, Count: RtcpFormat.TransportWide } || !ArrivalReader.TryParse(block.Feedback, out var arrivals))
                    continue;
                while (arrivals.TryNext(out var sequence, out var arrival))
                {
                    if (arrival is not null)
                        told.Add(sequence);
                }
            }
        }

        told.Count.Should().BeGreaterThan(60);
    }

    [Fact]
    public void A_stream_that_begins_anew_under_another_name_is_taken()
    {
        _pair.First.Session.SendAudio([1], 0, true, TimeSpan.Zero);
        _pair.Pass(TimeSpan.FromMilliseconds(50));
        RtpHeader header = new() { PayloadType = _pair.First.Agreement.Audio!.Codecs[0].SendPayloadType, Ssrc = 4_242, Sequence = 9, Timestamp = 5 };
        var packet = new byte[20];
        _pair.Second.Session.ReceiveRtp(packet.AsSpan(0, header.Write(packet) + 3), _pair.Now);
        _pair.Second.Sound.Should().HaveCount(2);
        _pair.Second.Session.Figures.PacketsReceived.Should().Be(2);
    }

    [Fact]
    public void Sound_of_a_codec_that_a_new_agreement_no_longer_has_is_left()
    {
        _pair.First.Session.SendAudio([1], 0, true, TimeSpan.Zero);
        _pair.Pass(TimeSpan.FromMilliseconds(50));
        var agreed = _pair.Second.Agreement;
        _pair.Second.Session.Configure(agreed with { Audio = agreed.Audio! with { Codecs = [agreed.Audio.Codecs[^1]] } }, _pair.Now);
        _pair.First.Session.SendAudio([2], 960, false, _pair.Now);
        _pair.Pass(TimeSpan.FromMilliseconds(50));
        agreed.Audio.Codecs.Should().HaveCountGreaterThan(1);
        _pair.Second.Sound.Should().ContainSingle();
    }

    [Fact]
    public void Leaving_says_bye()
    {
        _pair.First.Session.Leave(TimeSpan.FromSeconds(1));
        RtcpReader reader = new(_pair.First.Reports.Should().ContainSingle().Subject);
        var types = new List<RtcpType>();
        while (reader.TryNext(out var block))
            types.Add(block.Type);
        types.Should().Contain(RtcpType.Bye).And.StartWith(RtcpType.ReceiverReport);
    }

    private void Picture(List<byte[]> sent, bool key, int length, uint timestamp)
    {
        var frame = key ? Pictures.Key(length, _pair.First.Random) : Pictures.Delta(length, _pair.First.Random);
        sent.Add(frame);
        _pair.First.Session.SendVideo(frame, timestamp, _pair.Now);
    }
}
