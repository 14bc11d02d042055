using System.Buffers;

namespace Calls.Media.WebRtc.Session;

/// <summary>
/// Pictures on their way to a host's display. They are shown on the pool, one after another and in order: the thread that reads for all calls waits for no host. Thread-safe;
/// allocates nothing per picture in steady state.
/// </summary>
/// <param name="show">Shows a picture. Must not throw.</param>
internal sealed class PictureQueue(Action<VideoFrame> show) : IThreadPoolWorkItem
{
    /// <summary>How many pictures wait at most: about a second's.</summary>
    public const int Most = 32;

    private const int MostBytes = 8 * 1024 * 1024;
    private readonly Lock _gate = new();
    private readonly Lock _showing = new();
    private readonly Queue<Picture> _waiting = new(Most);
    private int _bytes;
    private bool _isShowing;

    /// <summary>Takes a picture; false where too much waits already.</summary>
    public bool TryAdd(VideoFrame picture)
    {
        lock (_gate)
        {
            if (_waiting.Count == Most || _bytes + picture.Data.Length > MostBytes)
                return false;
            var buffer = ArrayPool<byte>.Shared.Rent(picture.Data.Length);
            picture.Data.CopyTo(buffer);
            _waiting.Enqueue(new Picture(buffer, picture.Data.Length, picture.Timestamp, picture.IsKeyFrame));
            _bytes += picture.Data.Length;
            if (_isShowing)
                return true;
            _isShowing = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    /// <summary>Forgets what waits. Nothing of it is shown any more when it returns.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out var picture))
                ArrayPool<byte>.Shared.Return(picture.Buffer);
            _bytes = 0;
        }

        lock (_showing)
        {
            // The one that was just shown is over.
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (ShowNext())
        {
        }
    }

    private bool ShowNext()
    {
        lock (_showing)
        {
            if (!TryTake(out var picture))
                return false;
            show(new VideoFrame(picture.Buffer.AsSpan(0, picture.Length), picture.Timestamp, picture.IsKeyFrame));
            ArrayPool<byte>.Shared.Return(picture.Buffer);
            return true;
        }
    }

    private bool TryTake(out Picture picture)
    {
        lock (_gate)
        {
            _isShowing = _waiting.TryDequeue(out picture);
            _bytes -= picture.Length;
            return _isShowing;
        }
    }

    private readonly record struct Picture(byte[] Buffer, int Length, TimeSpan Timestamp, bool IsKeyFrame);
}
