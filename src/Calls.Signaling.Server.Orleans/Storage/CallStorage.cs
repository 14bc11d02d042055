namespace Calls.Signaling.Server.Orleans;

/// <summary>Where calls and users are stored.</summary>
public static class CallStorage
{
    /// <summary>The name of the grain storage: <c>Calls</c>. It must refuse a write that is based on an older state, as all of Orleans' own do.</summary>
    public const string Name = "Calls";
}
