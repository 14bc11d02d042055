using Calls.Media;
using Calls.Signaling;
using Microsoft.Extensions.Logging;

namespace Calls;

internal sealed class CallManagerFactory(CallOptions options, TimeProvider timeProvider, ILoggerFactory loggerFactory) : ICallManagerFactory
{
    public ICallManager Create(ISignalingChannel channel, IMediaSource media)
        => new CallManager(channel, media, options, timeProvider, loggerFactory);
}
