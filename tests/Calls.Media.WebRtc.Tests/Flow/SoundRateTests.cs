using Calls.Media.WebRtc.Flow;
using Calls.Media.WebRtc.Sdp;
using Calls.Media.WebRtc.Tests.Audio;
using Calls.Media.WebRtc.Tests.Sdp;

namespace Calls.Media.WebRtc.Tests.Flow;

public class SoundRateTests
{
    private const double Level = 0.3 * short.MaxValue;

    [Theory]
    [InlineData(true, true, 160, 160)]
    [InlineData(true, false, 160, 960)]
    [InlineData(false, true, 960, 160)]
    [InlineData(false, false, 960, 960)]
    public void With_G711_sound_passes_at_8_kHz_where_a_device_can_and_at_48_kHz_where_it_cannot(bool microphoneCan, bool loudspeakerCan, int read, int written)
    {
        using Side one = new(microphoneCan, canTake: false, opus: false), other = new(canGive: false, loudspeakerCan, opus: false);
        Side.Talk(one, other, beats: 100);
        one.Microphone.Length.Should().Be(read);
        other.Length.Should().Be(written);
        var late = other.Heard.ToArray().AsSpan(50 * written);
        Tones.Strongest(late, written * 50).Should().Be(440);
        Tones.Strength(late, 440, written * 50).Should().BeApproximately(Level, 0.05 * Level);
    }

    [Fact]
    public void With_Opus_sound_passes_at_48_kHz_whatever_the_devices_can()
    {
        if (!Calls.Media.WebRtc.Audio.Opus.IsAvailable)
            return;
        using Side one = new(canGive: true, canTake: true, opus: true), other = new(canGive: true, canTake: true, opus: true);
        Side.Talk(one, other, beats: 100);
        (one.Microphone.Length, other.Length).Should().Be((960, 960));
    }

    [Fact]
    public void Where_calls_of_one_microphone_want_different_rates_it_is_read_at_48_kHz()
    {
        if (!Calls.Media.WebRtc.Audio.Opus.IsAvailable)
            return;
        using Side one = new(canGive: true, canTake: true, opus: true), other = new(canGive: true, canTake: true, opus: false);
        Side.Talk(one, other, beats: 20);
        one.Microphone.Length.Should().Be(160, "the other side speaks nothing but G.711");
        using Side third = new(canGive: true, canTake: true, opus: true), fourth = new(canGive: true, canTake: true, opus: true);
        Side.Talk(third, fourth, beats: 20);
        one.Devices.Attach(third.Flow, TimeSpan.FromSeconds(1));
        one.Devices.Beat(TimeSpan.FromSeconds(1));
        one.Microphone.Length.Should().Be(960);
    }

    private sealed class Side : IAudioOutput, IPacketSender
    {
        private readonly bool _canTake;
        private readonly List<byte[]> _sent = [];
        private readonly SdpNegotiation _negotiation;

        public Side(bool canGive, bool canTake, bool opus)
        {
            _canTake = canTake;
            Microphone = new Voice(canGive);
            var streams = LocalStreams.Create();
            _negotiation = new SdpNegotiation(new SdpProfile(opus), streams);
            Flow = new MediaFlow(streams, TimeSpan.FromDays(20_000), this, null) { Sender = this };
            Devices = new LocalDevices(Microphone, isMuted: false, _ => { }, _ => { });
        }

        public Voice Microphone { get; }

        public MediaFlow Flow { get; }

        public LocalDevices Devices { get; }

        public List<short> Heard { get; } = [];

        /// <summary>How many samples were written last.</summary>
        public int Length { get; private set; }

        public static void Talk(Side one, Side other, int beats)
        {
            one._negotiation.TakeAnswer(other._negotiation.Answer(other._negotiation.ReadOffer(one._negotiation.CreateOffer(Offers.End)), Offers.OtherEnd));
            one.Flow.Configure(one._negotiation.Current!, default);
            other.Flow.Configure(other._negotiation.Current!, default);
            one.Devices.Attach(one.Flow, default);
            for (var i = 0; i < beats; i++)
            {
                var now = i * AudioFrame.Duration;
                one.Devices.Beat(now);
                other.Flow.Beat(now);
                foreach (var packet in one._sent)
                    other.Flow.Receive(packet, now);
                one._sent.Clear();
            }
        }

        public void Write(ReadOnlySpan<short> frame)
        {
            Length = frame.Length;
            Heard.AddRange(frame);
        }

        public bool Takes(int sampleRate) => sampleRate == AudioFrame.SampleRate || _canTake;

        public void Dispose()
        {
            Flow.Dispose();
            Devices.Dispose();
        }

        public void SendRtcp(Span<byte> buffer, int length)
        {
        }

        public void SendRtp(Span<byte> buffer, int length) => _sent.Add(buffer[..length].ToArray());
    }

    private sealed class Voice(bool canGive) : IAudioInput
    {
        private readonly ToneInput _tone = new(440);

        /// <summary>How many samples were asked for last.</summary>
        public int Length { get; private set; }

        public int Read(Span<short> frame)
        {
            Length = frame.Length;
            return _tone.Read(frame);
        }

        public bool Gives(int sampleRate) => sampleRate == AudioFrame.SampleRate || canGive;

        public void Dispose()
        {
        }
    }
}
