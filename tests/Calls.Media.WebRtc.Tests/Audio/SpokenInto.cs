namespace Calls.Media.WebRtc.Tests.Audio;

/// <summary>A microphone into which somebody speaks as fast as it is read, and a little ahead.</summary>
internal sealed class SpokenInto(SoundCard card, ToneInput voice) : IAudioInput
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
