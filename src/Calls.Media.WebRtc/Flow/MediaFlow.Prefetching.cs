using Calls.Media.WebRtc.Prefetching;

namespace Calls.Media.WebRtc.Flow;

/// <summary>What is far away when a beat begins, or a packet comes.</summary>
internal sealed partial class MediaFlow
{
    private const int Lines = 2, SessionLines = 2, PlayoutLines = 2, SenderLines = 2;

    /// <summary>Prepares a beat.</summary>
    public void Prefetch(int step)
    {
        if (step == 0)
        {
            FetchPlaying();
            CacheLines.Fetch(_loudspeaker);
            return;
        }

        _session.Prefetch(step - 1);
        _playout.Prefetch(step - 1);
        (_loudspeaker as IPrefetched)?.Prefetch(step - 1);
    }

    /// <summary>Prepares sound that is sent; as <see cref="Prefetch"/>.</summary>
    public void PrefetchSending(int step)
    {
        if (step == 0)
        {
            CacheLines.Fetch(this, Lines);
        }
        else if (step == 1)
        {
            CacheLines.Fetch(_gate);
            CacheLines.Fetch(_session, SessionLines);
            CacheLines.Fetch(_sending);
            CacheLines.Fetch(_sender, SenderLines);
        }
        else
        {
            _session.PrefetchSending(step - 2);
            _sending.Prefetch(step - 2);
            _sender?.Prefetch(step - 2);
        }
    }

    /// <summary>Prepares a packet that is received; as <see cref="Prefetch"/>.</summary>
    public void PrefetchReceiving(int step)
    {
        if (step == 0)
        {
            CacheLines.Fetch(this, Lines);
        }
        else if (step == 1)
        {
            FetchPlaying();
        }
        else
        {
            _session.PrefetchReceiving(step - 2);
            _playout.Prefetch(step - 2);
        }
    }

    private void FetchPlaying()
    {
        CacheLines.Fetch(_gate);
        CacheLines.Fetch(_session, SessionLines);
        CacheLines.Fetch(_playout, PlayoutLines);
    }
}
