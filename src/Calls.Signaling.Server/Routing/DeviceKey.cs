namespace Calls.Signaling.Server;

/// <summary>One device of one user: the address that messages are delivered to.</summary>
/// <param name="UserId">The user, as the server authenticated him.</param>
/// <param name="DeviceId">The device; unique only together with the user.</param>
public readonly record struct DeviceKey(string UserId, string DeviceId)
{
    /// <summary>The address of a party.</summary>
    public static DeviceKey Of(Party party)
    {
        ArgumentNullException.ThrowIfNull(party);
        return new(party.UserId, party.DeviceId);
    }
}
