using Microsoft.Extensions.Options;

namespace Calls.Signaling.Server;

/// <summary>The default: everybody gets the servers of the options.</summary>
internal sealed class OptionsIceServerProvider(IOptions<CallSignalingOptions> options) : IIceServerProvider
{
    private readonly IReadOnlyList<IceServer> _servers = [.. options.Value.IceServers];

    public ValueTask<IReadOnlyList<IceServer>> GetIceServersAsync(string userId, CancellationToken cancellationToken) => new(_servers);
}
