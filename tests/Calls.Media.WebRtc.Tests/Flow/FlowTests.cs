using Calls.Media.WebRtc.Flow;
using Calls.Media.WebRtc.Sdp;
using Calls.Media.WebRtc.Tests.Audio;
using Calls.Media.WebRtc.Tests.Sdp;
using Calls.Media.WebRtc.Tests.Video;

namespace Calls.Media.WebRtc.Tests.Flow;

public sealed class FlowTests : IDisposable
{
    private readonly Side _first = new(440), _second = new(660);
    private TimeSpan _now;

    public FlowTests()
    {
        SdpNegotiation one = new(new SdpProfile(Calls.Media.WebRtc.Audio.Opus.IsAvailable), _first.Streams), two = new(new SdpProfile(true), _second.Streams);
        one.TakeAnswer(two.Answer(two.ReadOffer(one.CreateOffer(Offers.End)), Offers.OtherEnd));
        _first.Flow.Configure(one.Current!, _now);
        _second.Flow.Configure(two.Current!, _now);
        _first.Devices.Attach(_first.Flow, _now);
        _second.Devices.Attach(_second.Flow, _now);
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void Each_hears_the_tone_of_the_other()
    {
        Pass(2);
        Tones.Strongest(_second.Heard(1)).Should().Be(440);
        Tones.Strongest(_first.Heard(1)).Should().Be(660);
        _first.Flow.Figures.PacketsReceived.Should().Be(100);
    }

    [Fact]
    public void Muted_it_is_silent_at_the_other_end_and_then_it_is_heard_again()
    {
        _first.Devices.Mute(true);
        Pass(2);
        Tones.Loudness(_second.Heard(1)).Should().BeLessThan(20);
        _second.Flow.Figures.PacketsReceived.Should().Be(100, "silence is sent");
        _first.Devices.Mute(false);
        Pass(1.5);
        Tones.Strongest(_second.Heard(1)).Should().Be(440);
    }

    [Fact]
    public void On_hold_nothing_is_sent_and_nothing_is_played()
    {
        Pass(1);
        var (sent, played) = (_first.Flow.Figures.PacketsSent, _first.Played);
        _first.Devices.Hold(true, _now);
        Pass(1);
        _first.Flow.Figures.PacketsSent.Should().Be(sent);
        _first.Played.Should().Be(played);
        _first.Devices.GivesSound.Should().BeFalse();
        _first.Devices.Hold(false, _now);
        Pass(1.5);
        Tones.Strongest(_second.Heard(1)).Should().Be(440);
        Tones.Strongest(_first.Heard(1)).Should().Be(660);
    }

    [Fact]
    public void Pictures_are_shown_from_a_key_frame_on_also_after_hold()
    {
        _first.Devices.Show(new Clip());
        Pass(1);
        _second.Shown.Should().HaveCountGreaterThan(20);
        _second.Shown[0].Should().BeTrue("the first is a key frame");
        var before = _second.Shown.Count;
        _second.Devices.Hold(true, _now);
        Pass(1);
        _second.Shown.Should().HaveCount(before);
        _second.Devices.Hold(false, _now);
        Pass(1);
        _second.Shown.Should().HaveCountGreaterThan(before + 10);
        _second.Shown[before].Should().BeTrue("a key frame was asked for");
    }

    [Fact]
    public void Each_picture_is_told_with_the_packet_that_completes_it_and_sound_tells_none()
    {
        Pass(1);
        _second.Told.Should().Be(0);
        _first.Devices.Show(new Clip());
        Pass(1);
        _second.Told.Should().BeGreaterThan(20).And.Be(_second.Shown.Count);
    }

    [Fact]
    public void A_microphone_that_fails_is_told_once_and_the_call_goes_on()
    {
        _first.Microphone.Fails = true;
        Pass(1);
        _first.Lost.Should().Be(1);
        _second.Flow.Figures.PacketsReceived.Should().Be(50);
        _first.Devices.GivesSound.Should().BeFalse();
    }

    [Fact]
    public void A_camera_that_fails_is_told_and_closed()
    {
        Clip clip = new() { Fails = true };
        _first.Devices.Show(clip);
        Pass(0.1);
        (_first.CameraLost, clip.IsDisposed).Should().Be((1, true));
    }

    [Fact]
    public void Disposed_devices_are_closed_and_send_nothing()
    {
        Clip clip = new();
        _first.Devices.Show(clip);
        Pass(1);
        _first.Devices.Dispose();
        var sent = _first.Flow.Figures.PacketsSent;
        Pass(0.5);
        (_first.Microphone.IsDisposed, clip.IsDisposed).Should().Be((true, true));
        _first.Flow.Figures.PacketsSent.Should().Be(sent);
        Clip late = new();
        _first.Devices.Show(late);
        late.IsDisposed.Should().BeTrue();
    }

    [Fact]
    public void A_disposed_flow_takes_and_gives_nothing()
    {
        Pass(0.5);
        _second.Flow.Dispose();
        var played = _second.Played;
        Pass(0.5);
        _second.Played.Should().Be(played);
    }

    [Fact]
    public void Nothing_is_allocated_per_beat()
    {
        Pass(3);
        _first.Remembers = _second.Remembers = false;
        Pass(1);
        Allocated.By(() => Pass(4)).Should().Be(0);
    }

    private void Pass(double seconds)
    {
        for (var end = _now + TimeSpan.FromSeconds(seconds); _now < end;)
        {
            _now += AudioFrame.Duration;
            _first.Devices.Beat(_now);
            _second.Devices.Beat(_now);
            _first.Flow.Beat(_now);
            _second.Flow.Beat(_now);
            _first.DeliverTo(_second, _now);
            _second.DeliverTo(_first, _now);
        }
    }

    private sealed class Side : IAudioOutput, IVideoOutput, IPacketSender
    {
        private readonly byte[][] _packets = [.. Enumerable.Range(0, 256).Select(_ => new byte[1_600])];
        private readonly int[] _lengths = new int[256];
        private readonly List<short> _heard = [];
        private int _waiting;

        public Side(double frequency)
        {
            Microphone = new Voice(frequency);
            Flow = new MediaFlow(Streams, TimeSpan.FromDays(20_000), this, this) { Sender = this };
            Devices = new LocalDevices(Microphone, isMuted: false, _ => Lost++, _ => CameraLost++);
        }

        public LocalStreams Streams { get; } = LocalStreams.Create();

        public Voice Microphone { get; }

        public MediaFlow Flow { get; }

        public LocalDevices Devices { get; }

        public int Lost { get; private set; }

        public int CameraLost { get; private set; }

        public int Played { get; private set; }

        /// <summary>How many packets told of pictures.</summary>
        public int Told { get; private set; }

        public bool Remembers { get; set; } = true;

        public List<bool> Shown { get; } = [];

        public ReadOnlySpan<short> Heard(double lastSeconds) => _heard.ToArray().AsSpan()[^(int)(lastSeconds * AudioFrame.SampleRate)..];

        public void DeliverTo(Side other, TimeSpan now)
        {
            var count = _waiting;
            _waiting = 0;
            for (var i = 0; i < count; i++)
                other.Told += other.Flow.Receive(_packets[i].AsSpan(0, _lengths[i]), now) ? 1 : 0;
        }

        public void Write(ReadOnlySpan<short> frame)
        {
            Played++;
            if (Remembers)
                _heard.AddRange(frame);
        }

        public void Write(VideoFrame frame) => Shown.Add(frame.IsKeyFrame);

        public void Dispose()
        {
            Flow.Dispose();
            Devices.Dispose();
        }

        public void SendRtcp(Span<byte> buffer, int length) => SendRtp(buffer, length);

        public void SendRtp(Span<byte> buffer, int length)
        {
            buffer[..length].CopyTo(_packets[_waiting]);
            _lengths[_waiting++] = length;
        }
    }

    private sealed class Voice(double frequency) : IAudioInput
    {
        private readonly ToneInput _tone = new(frequency);

        public bool Fails { get; set; }

        public bool IsDisposed { get; private set; }

        public int Read(Span<short> frame) => Fails ? throw new IOException("unplugged") : _tone.Read(frame);

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Clip : IVideoInput
    {
        private static readonly byte[] Key = Pictures.Key(3_000, new Random(1)), Delta = Pictures.Delta(1_000, new Random(2));
        private TimeSpan _next;
        private bool _wantsKey = true;

        public bool Fails { get; init; }

        public bool IsDisposed { get; private set; }

        public bool TryRead(TimeSpan elapsed, out VideoFrame frame)
        {
            if (Fails)
                throw new IOException("unplugged");
            frame = new VideoFrame(_wantsKey ? Key : Delta, _next, _wantsKey);
            if (_next > elapsed)
                return false;
            _next += TimeSpan.FromMilliseconds(40);
            _wantsKey = false;
            return true;
        }

        public void RequestKeyFrame() => _wantsKey = true;

        public void Dispose() => IsDisposed = true;
    }
}
