using Calls.Media.WebRtc.Prefetching;

namespace Calls.Media.WebRtc.Rtp;

/// <summary>What of a session is far away; each as <see cref="IPrefetched.Prefetch"/>.</summary>
internal sealed partial class RtpSession
{
    private const int SectionLines = 2, SenderLines = 3;

    /// <summary>Prepares asking for <see cref="NextTimeout"/>.</summary>
    public void Prefetch(int step)
    {
        if (step > 0)
            return;
        CacheLines.Fetch(_receivesVideo, SectionLines);
        CacheLines.Fetch(_arrivals);
    }

    /// <summary>Prepares <see cref="SendAudio"/>.</summary>
    public void PrefetchSending(int step)
    {
        if (step == 0)
            CacheLines.Fetch(_sendsAudio);
        else if (step == 1)
            CacheLines.Fetch(_sendsAudio.Sender, SenderLines);
    }

    /// <summary>Prepares <see cref="ReceiveRtp"/> of sound.</summary>
    public void PrefetchReceiving(int step)
    {
        if (step == 0)
        {
            CacheLines.Fetch(_receivesAudio, SectionLines);
            CacheLines.Fetch(_arrivals);
        }
        else if (step == 1)
        {
            _receivesAudio.Prefetch();
            _arrivals.Prefetch();
        }
    }
}
