namespace Calls.Media;

/// <summary>How a connection does, at one moment. A value that the engine does not know is null.</summary>
public sealed record MediaStatistics
{
    /// <summary>Round-trip time on the selected pair.</summary>
    public TimeSpan? RoundTripTime { get; init; }

    /// <summary>Packets sent so far.</summary>
    public long? PacketsSent { get; init; }

    /// <summary>Packets received so far.</summary>
    public long? PacketsReceived { get; init; }

    /// <summary>Packets that did not arrive so far.</summary>
    public long? PacketsLost { get; init; }

    /// <summary>Bytes sent so far.</summary>
    public long? BytesSent { get; init; }

    /// <summary>Bytes received so far.</summary>
    public long? BytesReceived { get; init; }

    /// <summary>Whether the selected pair passes a TURN server.</summary>
    public bool? IsRelayed { get; init; }
}
