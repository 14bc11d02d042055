using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace Calls.Signaling.Server.Orleans;

/// <summary>One user, one request after another; what changes is stored before anybody hears of it.</summary>
[GrainType("calls-user"), PreferLocalPlacement]
internal sealed class UserGrain(
    [PersistentState("user", CallStorage.Name)] IPersistentState<StoredDocument> store,
    IOptions<CallSignalingOptions> options,
    UserLimits limits,
    ClusterView cluster,
    TimeProvider time,
    ILogger<UserGrain> logger) : Grain, IUserGrain
{
    /// <summary>How long a call may take to begin.</summary>
    private static readonly TimeSpan Beginning = TimeSpan.FromMinutes(2);

    private readonly int _maxCalls = options.Value.Limits.MaxCallsPerUser;
    private UserDocument? _user;
    private bool _isInDoubt;

    public async Task<Entry> EnterAsync(Link link)
    {
        var user = await LoadAsync();
        var known = user.Devices.FirstOrDefault(device => device.DeviceId == link.DeviceId);
        if (known?.Connection == link.Connection)
            return new Entry(known, null, Ids(user));
        var entered = link with { Epoch = Math.Max(user.Epoch + 1, time.GetUtcNow().UtcTicks) };
        await SaveAsync(user.With(entered));
        return new Entry(entered, known, Ids(user));
    }

    public async Task<string[]> LeaveAsync(string deviceId, Guid connection)
    {
        var user = await LoadAsync();
        await SaveAsync(user.Without(link => link.Connection == connection && link.DeviceId == deviceId));
        return Ids(user);
    }

    public async Task<string[]> CallsAsync() => Ids(await LoadAsync());

    public async Task<Link[]> DevicesAsync() => [.. (await LoadAsync()).Devices];

    public async Task<byte> AdmitAsync(string userId, string chatId)
    {
        // All of a user's rings are counted here, on one node, whatever nodes his devices are on.
        if ((await LoadAsync()).Making >= _maxCalls)
            return (byte)CallAdmission.TooManyCalls;
        return (byte)(limits.MayRing(userId, chatId) ? CallAdmission.Granted : CallAdmission.TooManyRings);
    }

    public async Task<Link[]?> JoinAsync(string callId, bool asCaller)
    {
        var user = await LoadAsync();
        if (!user.Calls.Any(call => call.Id == callId))
        {
            if (asCaller && user.Making >= _maxCalls)
                return null;
            user = await SaveAsync(user.With(new UserCall(callId, asCaller, IsOver: false, time.GetUtcNow())));
        }

        return [.. user.Devices];
    }

    public async Task OverAsync(string callId)
    {
        var user = await LoadAsync();
        if (user.Calls.FirstOrDefault(call => call.Id == callId) is { IsOver: false } call)
            await SaveAsync(user.With(call with { IsOver = true }));
    }

    public async Task ForgetAsync(string callId) => await SaveAsync((await LoadAsync()).WithoutCall(callId));

    public async Task MissAsync(string callId)
    {
        var user = await LoadAsync();
        if (user.Calls.FirstOrDefault(call => call.Id == callId) is { } call && time.GetUtcNow() - call.Since > Beginning)
            await SaveAsync(user.WithoutCall(callId));
    }

    private static string[] Ids(UserDocument user) => [.. user.Calls.Select(call => call.Id)];

    /// <summary>The user without the connections of nodes that are dead.</summary>
    private async ValueTask<UserDocument> LoadAsync()
    {
        if (_user is null)
        {
            // A write that failed may have been done.
            if (_isInDoubt)
                await store.ReadStateAsync();
            _isInDoubt = false;
            _user = Read() ?? new UserDocument();
        }

        foreach (var silo in _user.Devices.Select(device => device.Silo).Distinct())
        {
            if (await cluster.IsGoneAsync(silo))
                _user = _user.Without(link => link.Silo == silo);
        }

        return _user;
    }

    private UserDocument? Read()
    {
        try
        {
            return StoredDocument.Read(store.State.Document, StorageJson.Default.UserDocument);
        }
        catch (UnreadableException exception)
        {
            // His devices connect anew, and his calls find him when they are woken.
            Log.Unreadable(logger, "user", exception);
            return null;
        }
    }

    private async ValueTask<UserDocument> SaveAsync(UserDocument user)
    {
        if (user == _user)
            return user;
        try
        {
            (_user, _isInDoubt) = (null, true);
            if (user.Devices.IsEmpty && user.Calls.IsEmpty)
            {
                await store.ClearStateAsync();
            }
            else
            {
                store.State.Document = StoredDocument.Write(user, StorageJson.Default.UserDocument);
                await store.WriteStateAsync();
            }

            _isInDoubt = false;
            return _user = user;
        }
        catch (Exception)
        {
            // Another activation may have taken over; the next one reads what is true.
            DeactivateOnIdle();
            throw;
        }
    }
}
