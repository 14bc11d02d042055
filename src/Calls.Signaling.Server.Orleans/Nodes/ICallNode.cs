namespace Calls.Signaling.Server.Orleans;

/// <summary>A node as the grains see it: it holds connections, and knows what it has sent on each. All members may be called again.</summary>
[Alias("calls.node")]
internal interface ICallNode : IGrainObserver
{
    /// <summary>Sends messages on connections of this node; of a stream only what the connection has not had. Returns the connections that are
    /// not here any more.</summary>
    [Alias("deliver"), ResponseTimeout("00:00:02")]
    Task<Guid[]> DeliverAsync(Post[] posts);

    /// <summary>The last number of a call's stream that a connection has had; -1 if the connection is not here any more.</summary>
    [Alias("progress"), ResponseTimeout("00:00:01")]
    Task<int> ProgressAsync(Guid connection, string callId);

    /// <summary>A device has connected anew, here or elsewhere: its older connection closes.</summary>
    [Alias("supersede"), ResponseTimeout("00:00:02")]
    Task SupersedeAsync(Guid connection);

    /// <summary>A call is over and forgotten.</summary>
    [Alias("forget"), ResponseTimeout("00:00:02")]
    Task ForgetAsync(string callId);
}
