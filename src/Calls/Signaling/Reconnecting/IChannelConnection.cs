namespace Calls.Signaling;

/// <summary>One live connection of a <see cref="ReconnectingChannel"/>, from the moment that it is up to its loss. Disposed of when it is over.</summary>
public interface IChannelConnection : IAsyncDisposable
{
    /// <summary>Sends one message: completes when the transport has taken it. Called from any thread, from the moment that the connection is there;
    /// messages leave in the order of the calls.</summary>
    /// <exception cref="SignalingException">The connection is lost, or does not take the message.</exception>
    Task SendAsync(SignalingMessage message, CancellationToken cancellationToken);

    /// <summary>Runs until the connection is lost (why) or <paramref name="stop"/> is cancelled (null). Called once; never throws; leaves nothing
    /// running. A loss that <see cref="SignalingException.IsRefused"/> closes the channel, every other one is followed by a new connection.</summary>
    /// <param name="deliver">Takes every message that arrives, from the first one on, one at a time, in order. Never throws.</param>
    /// <param name="stop">Says farewell to the server, which may take about a second.</param>
    Task<SignalingException?> RunAsync(Action<SignalingMessage> deliver, CancellationToken stop);
}
