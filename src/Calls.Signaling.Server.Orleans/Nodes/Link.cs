using System.Text.Json.Serialization;

namespace Calls.Signaling.Server.Orleans;

/// <summary>One connection of a device, and the node that holds it.</summary>
/// <param name="UserId">The user.</param>
/// <param name="DeviceId">The device.</param>
/// <param name="DisplayName">The user's name to show.</param>
/// <param name="Connection">The connection.</param>
/// <param name="Epoch">Grows with every connection of the user: of two of one device the greater one is the newer.</param>
/// <param name="Silo">The node.</param>
/// <param name="Observer">How the node is reached.</param>
[GenerateSerializer, Immutable, Alias("calls.link")]
internal sealed record Link(string UserId, string DeviceId, string? DisplayName, Guid Connection, long Epoch, string Silo, string Observer)
{
    [JsonIgnore]
    public Party Party => new(UserId, DeviceId, DisplayName);

    [JsonIgnore]
    public DeviceKey Device => new(UserId, DeviceId);
}

/// <summary>A message on its way to a connection.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="CallId">The call.</param>
/// <param name="Seq">Its number in the call's stream to that device; 0 for one that is in no stream.</param>
/// <param name="At">When it was sent first, in ticks of the cluster's clock.</param>
/// <param name="Json">The message, as the protocol writes it.</param>
[GenerateSerializer, Immutable, Alias("calls.post")]
internal readonly record struct Post(Guid Connection, string CallId, int Seq, long At, byte[] Json);
