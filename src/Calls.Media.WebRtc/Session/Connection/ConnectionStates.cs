using Calls.Media.WebRtc.Ice;

namespace Calls.Media.WebRtc.Session;

/// <summary>The one state of a connection out of those of its layers (W3C WebRTC 1.0, section 4.3.3).</summary>
internal static class ConnectionStates
{
    /// <summary>The state.</summary>
    /// <remarks>A side that says that it closes may be a page that loads anew and comes back with another session: that is a silence, which the core mends or
    /// ends, and not the end of the call.</remarks>
    public static MediaConnectionState Of(IceState ice, DtlsPhase dtls) => (ice, dtls) switch
    {
        (_, DtlsPhase.Failed) or (IceState.Failed, _) => MediaConnectionState.Failed,
        (_, DtlsPhase.Closed) or (IceState.Disconnected, _) => MediaConnectionState.Disconnected,
        (IceState.New, _) => MediaConnectionState.New,
        (IceState.Connected, DtlsPhase.Up) => MediaConnectionState.Connected,
        _ => MediaConnectionState.Connecting,
    };
}
