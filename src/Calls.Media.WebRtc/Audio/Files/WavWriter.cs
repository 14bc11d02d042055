using System.Buffers.Binary;

namespace Calls.Media.WebRtc;

/// <summary>Records to a WAV file: PCM of 16 bits, one channel of 48 kHz.</summary>
/// <remarks>The lengths in the header are completed on disposal.</remarks>
public sealed class WavWriter : IAudioOutput
{
    private const int HeaderLength = 44;
    private readonly Stream _stream;
    private readonly byte[] _bytes = new byte[AudioFrame.Samples * sizeof(short)];
    private readonly Lock _gate = new();
    private bool _isDisposed;

    /// <summary>Records to a file; one that is there is replaced.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public WavWriter(string path)
        : this(RecordingStream.Create(path))
    {
    }

    /// <summary>Records to a stream that can be rewound; it is disposed of with the writer.</summary>
    public WavWriter(Stream stream)
    {
        _stream = RecordingStream.Rewindable(stream);
        WriteHeader();
    }

    /// <summary>How much was recorded.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples / AudioFrame.SampleRate);

    private long Samples { get; set; }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<short> frame)
    {
        lock (_gate)
        {
            while (!_isDisposed && !frame.IsEmpty)
            {
                var piece = frame[..Math.Min(frame.Length, AudioFrame.Samples)];
                for (var i = 0; i < piece.Length; i++)
                    BinaryPrimitives.WriteInt16LittleEndian(_bytes.AsSpan(2 * i), piece[i]);
                _stream.Write(_bytes, 0, 2 * piece.Length);
                Samples += piece.Length;
                frame = frame[piece.Length..];
            }
        }
    }

    /// <summary>Completes and closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _stream.Position = 0;
            WriteHeader();
            _stream.Dispose();
        }
    }

    private void WriteHeader()
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        var length = (uint)Math.Min(uint.MaxValue - HeaderLength, Samples * sizeof(short));
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], HeaderLength - 8 + length);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], AudioFrame.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], AudioFrame.SampleRate * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 8 * sizeof(short));
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], length);
        _stream.Write(header);
    }
}
