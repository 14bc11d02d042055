namespace Calls.Signaling.Server;

/// <summary>What a call in memory needs of its surroundings.</summary>
internal interface ICallHost
{
    TimeProvider Time { get; }

    /// <summary>The time since the host started: later at every look, so that what is kept of several calls has one order.</summary>
    TimeSpan Now { get; }

    /// <summary>The time since the host started at a time of its clock, not before any <see cref="Now"/> yet; others may be given the same. For what has no order among several calls: all who
    /// look write nothing.</summary>
    TimeSpan SharedAt(long timestamp);

    RoutedCallSettings Settings { get; }

    ConnectionRegistry Connections { get; }

    ReplayPages Pages { get; }

    /// <summary>Starts to notify, and returns at once.</summary>
    void Notify(RoutedCall call, Callee callee);

    /// <summary>A call has gone on, or is no more.</summary>
    void WentOn(RoutedCall? before, RoutedCall? after);

    void Forget(HostedCall call);
}
