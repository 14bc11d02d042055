using Microsoft.Extensions.Options;

namespace Calls.Signaling.Server;

/// <summary>Gives every user the servers of <see cref="CallSignalingOptions.IceServers"/>, and the TURN servers with a credential of his own.</summary>
internal sealed class TurnRestIceServers(IOptions<CallSignalingOptions> signaling, IOptions<TurnRestOptions> turn, TimeProvider time) : IIceServerProvider
{
    private readonly IReadOnlyList<IceServer> _others = [.. signaling.Value.IceServers];
    private readonly IReadOnlyList<string> _urls = [.. turn.Value.Urls];
    private readonly string _secret = turn.Value.Secret;
    private readonly TimeSpan _lifetime = turn.Value.Lifetime;

    public ValueTask<IReadOnlyList<IceServer>> GetIceServersAsync(string userId, CancellationToken cancellationToken)
    {
        var (username, password) = TurnRestCredential.Of(_secret, userId, time.GetUtcNow() + _lifetime);
        return new([.. _others, new IceServer { Urls = _urls, Username = username, Credential = password, Lifetime = _lifetime }]);
    }
}
