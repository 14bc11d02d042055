namespace Calls.Media.WebRtc;

/// <summary>Where a recording goes whose header is completed at its end.</summary>
internal static class RecordingStream
{
    /// <summary>A file; one that is there is replaced.</summary>
    public static FileStream Create(string path) => new(path, FileMode.Create, FileAccess.Write, FileShare.Read, 64 * 1024);

    /// <exception cref="ArgumentException"><paramref name="stream"/> cannot be rewound.</exception>
    public static Stream Rewindable(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.CanSeek
            ? stream
            : throw new ArgumentException("The header is completed at the end: the stream must be one that can be rewound.", nameof(stream));
    }
}
