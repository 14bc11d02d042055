using Microsoft.Extensions.Logging;

namespace Calls.Signaling;

/// <summary>What all connections of one channel share.</summary>
internal sealed record ReconnectingParts(
    ReconnectSettings Settings, IReconnectPolicy Policy, Func<CancellationToken, Task<IChannelConnection>> Dial, Raiser Raiser, TimeProvider Time, ILogger Log);
