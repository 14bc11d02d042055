using System.Collections.Immutable;

namespace Calls.Signaling.Server.Orleans;

/// <summary>What is stored of a user.</summary>
internal sealed record UserDocument
{
    /// <summary>The epoch that was given last.</summary>
    public long Epoch { get; init; }

    /// <summary>The connected devices, one connection each.</summary>
    public ImmutableArray<Link> Devices { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The calls that the user may be in.</summary>
    public ImmutableArray<UserCall> Calls { get => field.IsDefault ? [] : field; init; } = [];

    public UserDocument With(Link link) => this with { Epoch = link.Epoch, Devices = [.. Devices.Where(known => known.DeviceId != link.DeviceId), link] };

    public UserDocument Without(Func<Link, bool> gone) => Devices.Any(gone) ? this with { Devices = Devices.RemoveAll(link => gone(link)) } : this;

    public UserDocument With(UserCall call) => this with { Calls = [.. Calls.Where(known => known.Id != call.Id), call] };

    public UserDocument WithoutCall(string id)
        => Calls.Any(call => call.Id == id) ? this with { Calls = Calls.RemoveAll(call => call.Id == id) } : this;

    /// <summary>How many calls the user makes now.</summary>
    public int Making => Calls.Count(call => call is { AsCaller: true, IsOver: false });
}

/// <summary>A call that a user may be in.</summary>
/// <param name="Id">The call.</param>
/// <param name="AsCaller">Whether he makes it.</param>
/// <param name="IsOver">Whether it is only remembered.</param>
/// <param name="Since">Since when he is in it.</param>
internal sealed record UserCall(string Id, bool AsCaller, bool IsOver, DateTimeOffset Since);
