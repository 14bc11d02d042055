using Calls.Media;
using Calls.Signaling;

namespace Calls;

/// <summary>Makes managers, for a server or bot with many calls. A manager at rest costs no thread, no timer and no socket of its own.</summary>
public interface ICallManagerFactory
{
    /// <summary>Makes a manager on a channel and a media engine of its own.</summary>
    /// <param name="channel">The manager subscribes to it, and disposes it with itself.</param>
    /// <param name="media">The engine; shared engines are allowed.</param>
    ICallManager Create(ISignalingChannel channel, IMediaSource media);
}
