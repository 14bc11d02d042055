using Calls.Media.WebRtc.Tests.Session;

namespace Calls.Media.WebRtc.Tests.Audio;

/// <summary>The system's own <c>arecord</c> and <c>aplay</c>, on a sound card of plug-ins.</summary>
[Collection(Programs)]
public class SoundCardTests
{
    /// <summary>Where they are found in the system is one place for the process.</summary>
    public const string Programs = "arecord and aplay";

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
    public async Task Devices_that_are_not_there_say_so_when_they_are_used()
    {
        using var card = SoundCard.TryOpen();
        if (card is null)
            return;
        using MicrophoneInput microphone = new("calls_nobody");
        using LoudspeakerOutput loudspeaker = new("calls_nobody");
        var frame = new short[AudioFrame.Samples];
        await microphone.Reading.WaitAsync(EngineCall.Patience);
        var read = () => microphone.Read(frame);
        read.Should().Throw<MediaException>().Where(gone => gone.Failure == MediaFailure.NoDevice && gone.Message.StartsWith("The microphone is gone: arecord: "), "it says why");
        MediaException? loss = null;
        await EngineCall.Until(() =>
        {
            try
            {
                loudspeaker.Write(frame);
            }
            catch (MediaException gone)
            {
                loss = gone;
            }

            return loss is not null;
        }, "it gives up");
        (loss!.Failure, loss.Message).Should().Match<(MediaFailure Failure, string Message)>(told => told.Failure == MediaFailure.NoDevice && told.Message.StartsWith("The loudspeaker is gone: aplay: "));
    }

    // The last half second.
    private static bool IsTone(short[] played, double frequency)
    {
        if (played.Length < AudioFrame.SampleRate)
            return false;
        var last = played.AsSpan(played.Length - AudioFrame.SampleRate / 2);
        return Tones.Strongest(last) == frequency && Tones.Loudness(last) > 1_000;
    }
}
