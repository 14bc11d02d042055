using System.Buffers;
using System.Collections.Concurrent;
using System.Text;

namespace Calls.Signaling.Server;

/// <summary>The calls of this server, by their ids and by the users who may be in them.</summary>
internal sealed class CallTable
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, HostedCall> _byId;
    private readonly ConcurrentDictionary<string, HostedCall>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly Dictionary<string, List<HostedCall>> _byUser = [];

    public CallTable() => _bySpan = (_byId = new(StringComparer.Ordinal)).GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count => _byId.Count;

    public HostedCall? Find(CallId id) => _byId.GetValueOrDefault(id.Value);

    /// <summary>The call of an id that is no string yet.</summary>
    /// <param name="id">The id in ASCII.</param>
    public HostedCall? Find(ReadOnlySpan<byte> id)
    {
        Span<char> chars = stackalloc char[CallId.MaxLength];
        return Ascii.ToUtf16(id, chars, out var length) == OperationStatus.Done && _bySpan.TryGetValue(chars[..length], out var call) ? call : null;
    }

    public IReadOnlyList<HostedCall> Of(string userId)
    {
        lock (_gate)
            return _byUser.TryGetValue(userId, out var calls) ? [.. calls] : [];
    }

    /// <summary>Whether a user may make one more call.</summary>
    public bool HasRoom(string callerId, int maxCalls)
    {
        lock (_gate)
            return HasRoomUnderLock(callerId, maxCalls);
    }

    public AddResult TryAdd(HostedCall call, int maxCalls)
    {
        lock (_gate)
        {
            if (_byId.ContainsKey(call.Id.Value))
                return AddResult.Duplicate;
            if (!HasRoomUnderLock(call.Caller.UserId, maxCalls))
                return AddResult.TooMany;
            _byId[call.Id.Value] = call;
            foreach (var user in call.Users)
            {
                if (!_byUser.TryGetValue(user, out var calls))
                    _byUser.Add(user, calls = []);
                calls.Add(call);
            }

            return AddResult.Added;
        }
    }

    public void Remove(HostedCall call)
    {
        lock (_gate)
        {
            _byId.TryRemove(call.Id.Value, out _);
            foreach (var user in call.Users)
            {
                if (_byUser.TryGetValue(user, out var calls) && calls.Remove(call) && calls.Count == 0)
                    _byUser.Remove(user);
            }
        }
    }

    private bool HasRoomUnderLock(string callerId, int maxCalls)
    {
        if (!_byUser.TryGetValue(callerId, out var calls))
            return true;
        var made = 0;
        foreach (var call in calls)
            made += call.Caller.UserId == callerId && !call.IsOver ? 1 : 0;
        return made < maxCalls;
    }

    internal enum AddResult
    {
        Added,
        Duplicate,
        TooMany,
    }
}
