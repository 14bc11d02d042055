using Calls.Media.WebRtc.Rtp;
using Calls.Media.WebRtc.Sdp;
using Calls.Media.WebRtc.Tests.Sdp;
using Calls.Media.WebRtc.Tests.Video;

namespace Calls.Media.WebRtc.Tests.Rtp;

public class AllocationTests
{
    [Fact]
    public void Nothing_is_allocated_per_packet_of_sound_and_picture()
    {
        Side first = new(), second = new();
        SdpNegotiation one = new(new SdpProfile(true), first.Streams), two = new(new SdpProfile(true), second.Streams);
        one.TakeAnswer(two.Answer(two.ReadOffer(one.CreateOffer(Offers.End)), Offers.OtherEnd));
        first.Begin(one.Current!, second);
        second.Begin(two.Current!, first);
        var key = Pictures.Key(20_000, new Random(1));
        Exchange(0, 2_000);

        var allocated = Allocated.By(() => Exchange(2_000, 4_000));

        second.Frames.Should().BeGreaterThan(3_000);
        first.Session.Figures.PacketsSent.Should().BeGreaterThan(70_000);
        allocated.Should().Be(0);

        void Exchange(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                var now = i * TimeSpan.FromMilliseconds(20);
                first.Now = second.Now = now;
                first.Loses = i % 20 == 7;
                first.Session.SendAudio(key.AsSpan(0, 80), (uint)i * 960, false, now);
                first.Session.SendVideo(key, (uint)i * 1_800, now);
                first.Session.HandleTimeout(now);
                second.Session.HandleTimeout(now);
                second.Deliver();
                first.Deliver();
            }
        }
    }

    // Every packet arrives at once, but for those that are lost the first time.
    private sealed class Side : IRtpSessionSink
    {
        private readonly byte[] _copy = new byte[2_000];
        private readonly byte[][] _reports = [.. Enumerable.Range(0, 64).Select(_ => new byte[1_500])];
        private readonly int[] _lengths = new int[64];
        private int _waiting;
        private Side? _peer;
        private int _sent;

        public Side() => Session = new RtpSession(this, Streams, TimeSpan.FromDays(20_000), new Random(5));

        public LocalStreams Streams { get; } = LocalStreams.Create();

        public RtpSession Session { get; }

        public TimeSpan Now { get; set; }

        public bool Loses { get; set; }

        public int Frames { get; private set; }

        public void Begin(SessionAgreement agreement, Side peer)
        {
            _peer = peer;
            Session.Configure(agreement, TimeSpan.Zero);
        }

        public void SendRtp(Span<byte> buffer, int length)
        {
            if (Loses && ++_sent % 10 == 0)
                return;
            buffer[..length].CopyTo(_copy);
            _peer!.Session.ReceiveRtp(_copy.AsSpan(0, length), Now);
        }

        // A session is not called from within itself: reports wait.
        public void SendRtcp(Span<byte> buffer, int length)
        {
            buffer[..length].CopyTo(_reports[_waiting]);
            _lengths[_waiting++] = length;
        }

        public void Deliver()
        {
            for (var i = 0; i < _waiting; i++)
                _peer!.Session.ReceiveRtcp(_reports[i].AsSpan(0, _lengths[i]), Now);
            _waiting = 0;
        }

        public void AudioArrived(AgreedCodec codec, long number, uint timestamp, ReadOnlySpan<byte> payload, TimeSpan now)
        {
        }

        public void VideoArrived(ReadOnlySpan<byte> frame, TimeSpan timestamp, bool isKeyFrame) => Frames++;

        public void KeyFrameWanted()
        {
        }
    }
}
