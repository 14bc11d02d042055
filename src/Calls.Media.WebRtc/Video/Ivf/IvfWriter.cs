using System.Buffers.Binary;
using System.Text;

namespace Calls.Media.WebRtc;

/// <summary>Records VP8 pictures to an IVF file, which ffmpeg and browsers' tools play.</summary>
/// <remarks>The size of the picture is written with the first key frame, the number of pictures on disposal. Not for several threads at once.</remarks>
public sealed class IvfWriter : IVideoOutput
{
    private const int HeaderLength = 32;
    private const int FrameHeaderLength = 12;
    private readonly Stream _stream;
    private readonly byte[] _frameHeader = new byte[FrameHeaderLength];
    private (int Width, int Height) _size;
    private bool _isDisposed;

    /// <summary>Records to a file; one that is there is replaced.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public IvfWriter(string path)
        : this(RecordingStream.Create(path))
    {
    }

    /// <summary>Records to a stream that can be rewound; it is disposed of with the writer.</summary>
    public IvfWriter(Stream stream)
    {
        _stream = RecordingStream.Rewindable(stream);
        WriteHeader();
    }

    /// <summary>Pictures written so far.</summary>
    public int Frames { get; private set; }

    /// <inheritdoc/>
    public void Write(VideoFrame frame)
    {
        if (_isDisposed)
            return;
        if (_size == default && Video.Vp8Frame.TrySize(frame.Data, out var width, out var height))
            _size = (width, height);
        BinaryPrimitives.WriteInt32LittleEndian(_frameHeader, frame.Data.Length);
        BinaryPrimitives.WriteInt64LittleEndian(_frameHeader.AsSpan(4), (long)frame.Timestamp.TotalMilliseconds);
        _stream.Write(_frameHeader);
        _stream.Write(frame.Data);
        Frames++;
    }

    /// <summary>Completes and closes the file.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _stream.Position = 0;
        WriteHeader();
        _stream.Dispose();
    }

    private void WriteHeader()
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        header.Clear();
        Encoding.ASCII.GetBytes("DKIF", header);
        BinaryPrimitives.WriteInt16LittleEndian(header[6..], HeaderLength);
        Encoding.ASCII.GetBytes("VP80", header[8..]);
        BinaryPrimitives.WriteInt16LittleEndian(header[12..], (short)_size.Width);
        BinaryPrimitives.WriteInt16LittleEndian(header[14..], (short)_size.Height);
        // Timestamps are in milliseconds.
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 1_000);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], Frames);
        _stream.Write(header);
    }
}
