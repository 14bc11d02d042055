namespace Calls.Signaling.Server.Orleans;

/// <summary>One user: his devices, and the calls that he may be in. Its key is a digest of the user id, because keys stand in logs. It calls no
/// other grain, so that everybody may wait for it.</summary>
[Alias("calls.user")]
internal interface IUserGrain : IGrainWithStringKey
{
    /// <summary>A connection comes; it takes the place of an older one of the same device.</summary>
    [Alias("enter"), ResponseTimeout("00:00:02")]
    Task<Entry> EnterAsync(Link link);

    /// <summary>A connection goes. Returns the calls that have to know.</summary>
    [Alias("leave"), ResponseTimeout("00:00:02")]
    Task<string[]> LeaveAsync(string deviceId, Guid connection);

    /// <summary>The calls that the user may be in.</summary>
    [Alias("calls"), ResponseTimeout("00:00:02")]
    Task<string[]> CallsAsync();

    /// <summary>The devices that are connected.</summary>
    [Alias("devices"), ResponseTimeout("00:00:02")]
    Task<Link[]> DevicesAsync();

    /// <summary>Whether the user may ring a chat now: a <see cref="CallAdmission"/>.</summary>
    [Alias("admit"), ResponseTimeout("00:00:02")]
    Task<byte> AdmitAsync(string userId, string chatId);

    /// <summary>Puts the user into a call, and returns the devices that are connected; null: he has too many calls already.</summary>
    [Alias("join"), ResponseTimeout("00:00:02")]
    Task<Link[]?> JoinAsync(string callId, bool asCaller);

    /// <summary>A call of the user counts no more among those that he makes.</summary>
    [Alias("over"), ResponseTimeout("00:00:02")]
    Task OverAsync(string callId);

    /// <summary>A call is forgotten.</summary>
    [Alias("forget"), ResponseTimeout("00:00:02")]
    Task ForgetAsync(string callId);

    /// <summary>A call that somebody looked for is not there: it is forgotten, unless it may be about to begin.</summary>
    [Alias("miss"), ResponseTimeout("00:00:02")]
    Task MissAsync(string callId);
}

/// <summary>What a connection finds.</summary>
/// <param name="Link">The connection, with its epoch.</param>
/// <param name="Replaced">The one whose place it took.</param>
/// <param name="Calls">The calls that the user may be in.</param>
[GenerateSerializer, Immutable, Alias("calls.entry")]
internal sealed record Entry(Link Link, Link? Replaced, string[] Calls);
