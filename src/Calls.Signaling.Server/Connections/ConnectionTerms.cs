using Microsoft.Extensions.Options;

namespace Calls.Signaling.Server;

/// <summary>What every connection of this server goes by.</summary>
internal sealed class ConnectionTerms(IOptions<CallSignalingOptions> options, TimeProvider time, SignalingInstruments instruments)
{
    public CallSignalingOptions Options { get; } = options.Value;

    public TimeProvider Time => time;

    public SignalingInstruments Instruments => instruments;
}
