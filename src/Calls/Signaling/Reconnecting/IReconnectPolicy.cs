namespace Calls.Signaling;

/// <summary>Says how long to wait before each attempt after a failure or a loss.</summary>
public interface IReconnectPolicy
{
    /// <summary>The wait before the attempt, zero or more (at most a day counts); null: give up, and the channel is
    /// <see cref="ChannelState.Closed"/>. A policy that throws gives up too. Called by one channel one call at a time.</summary>
    TimeSpan? NextDelay(ReconnectAttempt attempt);
}

/// <summary>What an attempt to connect follows.</summary>
/// <param name="Number">1 for the first attempt after the loss of a stable connection, or after the first failure to connect; then 2, 3 …</param>
/// <param name="Elapsed">How long there has been no stable connection.</param>
/// <param name="Error">Why the last attempt failed or the last connection was lost.</param>
public readonly record struct ReconnectAttempt(int Number, TimeSpan Elapsed, Exception Error);
