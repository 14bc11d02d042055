using Calls.Media.WebRtc.Tests.Session;

namespace Calls.Media.WebRtc.Tests.Audio;

/// <summary>The system's own <c>arecord</c> and <c>aplay</c>, on a sound card of plug-ins.</summary>
public class SoundCardTests
{
    [Fact]
    public async Task What_is_recorded_is_read_whole_and_as_it_was()
    {
        using var card = SoundCard.TryOpen();
        if (card is null)
            return;
        using MicrophoneInput microphone = new(SoundCard.Microphone);
        using ToneInput tone = new();
        // Four blocks are three frames.
        var (said, frame) = (new short[4 * SoundCard.Block], new short[AudioFrame.Samples]);
        for (var round = 0; round < 20; round++)
        {
            tone.Read(said);
            for (var at = 0; at < said.Length; at += SoundCard.Block)
                card.Speak(said.AsSpan(at, SoundCard.Block));
            List<short> heard = [];
            await EngineCall.Until(() =>
            {
                heard.AddRange(frame.AsSpan(0, microphone.Read(frame)));
                return heard.Count >= said.Length;
            }, "it is recorded");
            heard.Should().Equal(said);
        }
    }

    [Fact]
    public async Task In_a_call_each_side_hears_the_other_through_them()
    {
        using var card = SoundCard.TryOpen();
        if (card is null)
            return;
        EngineEnd alice = new(440, clip: 1, options =>
        {
            options.Microphone = _ => new(new SpokenInto(card, new ToneInput(880)));
            options.Loudspeaker = () => new LoudspeakerOutput(SoundCard.Loudspeaker);
        });
        EngineEnd bob = new(660, clip: 2);
        await using (await EngineCall.ConnectAsync(alice, bob))
        {
            await EngineCall.Until(() => bob.Tone == 880, "what the microphone of one hears, the other hears", () => $"{bob.Tone} Hz");
            short[] played = [];
            await EngineCall.Until(() => IsTone(played = card.Played, 660), "what one says is played at the other", () => $"{played.Length} samples");
        }
    }

    [Fact]
    public async Task Devices_that_are_not_there_give_nothing_and_take_nothing()
    {
        using var card = SoundCard.TryOpen();
        if (card is null)
            return;
        using MicrophoneInput microphone = new("calls_nobody");
        using LoudspeakerOutput loudspeaker = new("calls_nobody");
        var frame = new short[AudioFrame.Samples];
        await microphone.Reading.WaitAsync(EngineCall.Patience);
        microphone.Read(frame).Should().Be(0);
        await EngineCall.Until(() =>
        {
            loudspeaker.Write(frame);
            return loudspeaker.Playing.IsCompletedSuccessfully;
        }, "it gives up");
    }

    // The last half second.
    private static bool IsTone(short[] played, double frequency)
    {
        if (played.Length < AudioFrame.SampleRate)
            return false;
        var last = played.AsSpan(played.Length - AudioFrame.SampleRate / 2);
        return Tones.Strongest(last) == frequency && Tones.Loudness(last) > 1_000;
    }

    /// <summary>A microphone into which somebody speaks as fast as it is read, and a little ahead.</summary>
    private sealed class SpokenInto(SoundCard card, ToneInput voice) : IAudioInput
    {
        private const int Ahead = 3 * SoundCard.Block;
        private readonly MicrophoneInput _microphone = new(SoundCard.Microphone);
        private readonly short[] _block = new short[SoundCard.Block];
        private long _said;
        private long _read;

        public int Read(Span<short> frame)
        {
            for (_read += frame.Length; _said < _read + Ahead; _said += SoundCard.Block)
            {
                voice.Read(_block);
                card.Speak(_block);
            }

            return _microphone.Read(frame);
        }

        public void Dispose()
        {
            _microphone.Dispose();
            voice.Dispose();
        }
    }
}
