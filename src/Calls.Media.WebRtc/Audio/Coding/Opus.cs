using System.Runtime.InteropServices;

namespace Calls.Media.WebRtc.Audio;

/// <summary>The system's libopus, where there is one. No copy of it comes with the package.</summary>
internal static unsafe partial class Opus
{
    private const string Library = "opus";
    private static readonly string[] Names = ["libopus.so.0", "libopus.0.dylib", "opus.dll", "libopus-0.dll", "libopus"];
    private static readonly nint Handle = Load();

    static Opus() => NativeLibrary.SetDllImportResolver(typeof(Opus).Assembly, (name, _, _) => name == Library ? Handle : 0);

    /// <summary>Whether Opus can be coded on this system.</summary>
    public static bool IsAvailable => Handle != 0;

    [LibraryImport(Library, EntryPoint = "opus_encoder_create")]
    internal static partial nint CreateEncoder(int sampleRate, int channels, int application, out int error);

    [LibraryImport(Library, EntryPoint = "opus_encode")]
    internal static partial int Encode(OpusEncoderHandle encoder, short* samples, int count, byte* payload, int room);

    [LibraryImport(Library, EntryPoint = "opus_encoder_ctl")]
    internal static partial int Control(OpusEncoderHandle encoder, int request, int value);

    [LibraryImport(Library, EntryPoint = "opus_encoder_destroy")]
    internal static partial void DestroyEncoder(nint encoder);

    [LibraryImport(Library, EntryPoint = "opus_decoder_create")]
    internal static partial nint CreateDecoder(int sampleRate, int channels, out int error);

    [LibraryImport(Library, EntryPoint = "opus_decode")]
    internal static partial int Decode(OpusDecoderHandle decoder, byte* payload, int length, short* samples, int room, int recovers);

    [LibraryImport(Library, EntryPoint = "opus_decoder_destroy")]
    internal static partial void DestroyDecoder(nint decoder);

    private static nint Load()
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
                return handle;
        }

        return 0;
    }
}

/// <summary>An encoder of libopus.</summary>
internal sealed class OpusEncoderHandle : SafeHandle
{
    public OpusEncoderHandle(nint encoder)
        : base(0, ownsHandle: true)
        => SetHandle(encoder);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Opus.DestroyEncoder(handle);
        return true;
    }
}

/// <summary>A decoder of libopus.</summary>
internal sealed class OpusDecoderHandle : SafeHandle
{
    public OpusDecoderHandle(nint decoder)
        : base(0, ownsHandle: true)
        => SetHandle(decoder);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Opus.DestroyDecoder(handle);
        return true;
    }
}
