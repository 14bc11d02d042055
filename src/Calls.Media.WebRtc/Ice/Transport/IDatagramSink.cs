using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Ice;

/// <summary>Takes what comes to ports.</summary>
internal interface IDatagramSink
{
    /// <summary>Takes a datagram. What it throws costs that datagram.</summary>
    /// <param name="port">The number that the port was opened with.</param>
    /// <param name="from">Who sent it.</param>
    /// <param name="datagram">May be changed in place, and is valid until the method returns.</param>
    void Arrived(int port, TransportAddress from, Span<byte> datagram);

    /// <summary>Prepares <see cref="Arrived"/>; as <see cref="Prefetching.IPrefetched.Prefetch"/>.</summary>
    void Prefetch(int step)
    {
    }
}

/// <summary>Takes what came to a port; as <see cref="IDatagramSink.Arrived"/>.</summary>
internal delegate void DatagramArrived(TransportAddress from, Span<byte> datagram);
