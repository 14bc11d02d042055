using System.Runtime.InteropServices;

namespace Calls.Media.WebRtc.Audio;

/// <summary>Opus for speech, 20 ms, one channel, with what makes good the loss of a packet in the next one (RFC 7587).</summary>
internal sealed unsafe class OpusEncoder : IAudioEncoder
{
    private const int Voice = 2048;
    private const int SetBitrate = 4002;
    private const int SetComplexity = 4010;
    private const int SetForwardCorrection = 4012;
    private const int SetExpectedLoss = 4014;
    private readonly OpusEncoderHandle _encoder;

    public OpusEncoder()
    {
        _encoder = new OpusEncoderHandle(Opus.CreateEncoder(AudioFrame.SampleRate, 1, Voice, out _));
        if (_encoder.IsInvalid)
            throw new MediaException(MediaFailure.Other, "libopus made no encoder.");
        // The function takes variable arguments, which Apple's 64 bit ARM passes in another way than these signatures: its defaults do there.
        if (OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64)
            return;
        Opus.Control(_encoder, SetBitrate, 32_000);
        Opus.Control(_encoder, SetComplexity, 5);
        Opus.Control(_encoder, SetForwardCorrection, 1);
        Opus.Control(_encoder, SetExpectedLoss, 5);
    }

    public int SampleRate => AudioFrame.SampleRate;

    public uint TimestampStep => AudioFrame.Samples;

    public int Encode(ReadOnlySpan<short> frame, Span<byte> payload)
    {
        fixed (short* samples = frame)
        fixed (byte* bytes = payload)
            return Math.Max(0, Opus.Encode(_encoder, samples, frame.Length, bytes, payload.Length));
    }

    public void Dispose() => _encoder.Dispose();
}

/// <summary>Decodes Opus; what is lost is made up by libopus.</summary>
internal sealed unsafe class OpusDecoder : IAudioDecoder
{
    private readonly OpusDecoderHandle _decoder;

    public OpusDecoder()
    {
        _decoder = new OpusDecoderHandle(Opus.CreateDecoder(AudioFrame.SampleRate, 1, out _));
        if (_decoder.IsInvalid)
            throw new MediaException(MediaFailure.Other, "libopus made no decoder.");
    }

    public int SampleRate => AudioFrame.SampleRate;

    public int Decode(ReadOnlySpan<byte> payload, Span<short> samples)
    {
        // An empty packet would be taken for a lost one.
        if (payload.IsEmpty)
            return 0;
        fixed (byte* bytes = payload)
        fixed (short* sound = samples)
            return Math.Max(0, Opus.Decode(_decoder, bytes, payload.Length, sound, samples.Length, 0));
    }

    public void Conceal(ReadOnlySpan<byte> next, Span<short> samples)
    {
        fixed (byte* bytes = next)
        fixed (short* sound = samples)
        {
            // A null packet is a lost one; a packet with "recovers" gives the one before it, where it carries it.
            var count = next.IsEmpty ? -1 : Opus.Decode(_decoder, bytes, next.Length, sound, samples.Length, 1);
            if (count <= 0)
                count = Opus.Decode(_decoder, null, 0, sound, samples.Length, 0);
            samples[Math.Clamp(count, 0, samples.Length)..].Clear();
        }
    }

    public void Dispose() => _decoder.Dispose();
}
