using Microsoft.Extensions.Logging;

namespace Calls.Signaling.WebSockets;

/// <summary>What all connections of one channel share.</summary>
internal sealed record ChannelParts(
    WebSocketChannelOptions Options, Dialer Dialer, IReconnectPolicy Policy, Probe? Probe, Raiser Raiser, TimeProvider Time, ILogger Log);
