using System.Threading.Channels;

namespace Calls.Signaling.Server;

/// <summary>What one reader of the presence stream has not read yet: each user once, in the order of his first unread change.</summary>
internal sealed class PresenceWatcher
{
    private readonly Channel<string> _order = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<string, PresenceChange> _unread = [];

    public void Tell(PresenceChange change)
    {
        lock (_unread)
        {
            if (_unread.TryAdd(change.User.UserId, change))
                _order.Writer.TryWrite(change.User.UserId);
            else
                _unread[change.User.UserId] = change;
        }
    }

    public async ValueTask<PresenceChange> ReadAsync(CancellationToken cancellationToken)
    {
        var userId = await _order.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        lock (_unread)
        {
            _unread.Remove(userId, out var change);
            return change!;
        }
    }
}
