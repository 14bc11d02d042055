using Calls.Media.WebRtc.Prefetching;

namespace Calls.Media.WebRtc.Ice;

/// <summary>What of a transport is far away; each as <see cref="IPrefetched.Prefetch"/>.</summary>
internal sealed partial class IceTransport
{
    /// <summary>Prepares <see cref="Send"/>.</summary>
    public void PrefetchSending(int step)
    {
        if (step == 0)
            CacheLines.Fetch(_way);
        else if (step == 1)
            CacheLines.Fetch(_way?.Base, lines: 2);
        else if (step == 2)
            (_way?.Base as UdpPort)?.PrefetchSending();
    }

    // In nearly all beats nothing is due.
    void IPrefetched.Prefetch(int step)
    {
    }

    void IDatagramSink.Prefetch(int step)
    {
        if (step == 0)
        {
            CacheLines.Fetch(_gate);
            CacheLines.Fetch(_agent, lines: 2);
            CacheLines.Fetch(_sink, lines: 2);
            return;
        }

        _agent.Prefetch(step - 1);
        _sink.Prefetch(step - 1);
    }
}
