using System.Globalization;

namespace Calls.Signaling.Server.Orleans;

/// <summary>Who is reached how.</summary>
internal static class GrainFactoryExtensions
{
    public static ICallGrain Call(this IGrainFactory grains, string id) => grains.GetGrain<ICallGrain>(id);

    public static IUserGrain User(this IGrainFactory grains, string userId) => grains.GetGrain<IUserGrain>(UserKey.Of(userId));

    /// <summary>The node whose <see cref="Link.Observer"/> it is.</summary>
    public static ICallNode Node(this IGrainFactory grains, string observer)
        => grains.GetGrain<ICallNode>(GrainId.Parse(observer, CultureInfo.InvariantCulture));
}
