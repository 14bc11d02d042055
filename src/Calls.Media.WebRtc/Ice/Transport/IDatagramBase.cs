using Calls.Media.WebRtc.Stun;

namespace Calls.Media.WebRtc.Ice;

/// <summary>What sends datagrams: a port of this machine, or one of a relay. Thread-safe.</summary>
internal interface IDatagramBase : IDisposable
{
    /// <summary>Sends; what cannot be sent now is lost.</summary>
    void Send(TransportAddress to, ReadOnlySpan<byte> datagram);
}
