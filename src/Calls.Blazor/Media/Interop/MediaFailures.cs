using Calls.Media;

namespace Calls.Blazor.Interop;

/// <summary>Browser errors (<c>DOMException.name</c>) as the core knows them.</summary>
internal static class MediaFailures
{
    /// <summary>An error of <c>getUserMedia</c> or <c>getDisplayMedia</c> (W3C Media Capture, section 10.2).</summary>
    public static MediaFailure OfDevice(string name) => name switch
    {
        "NotAllowedError" or "SecurityError" => MediaFailure.PermissionDenied,
        "NotFoundError" or "OverconstrainedError" => MediaFailure.NoDevice,
        "NotReadableError" or "AbortError" => MediaFailure.DeviceInUse,
        "InsecureOriginError" => MediaFailure.InsecureOrigin,
        "NotSupportedError" => MediaFailure.NotSupported,
        "ClosedError" => MediaFailure.EngineLost,
        _ => MediaFailure.Other,
    };

    /// <summary>An error of <c>RTCPeerConnection</c>, once it exists (W3C WebRTC, section 4.4.2).</summary>
    public static MediaFailure OfConnection(string name) => name switch
    {
        "ClosedError" => MediaFailure.EngineLost,
        _ => MediaFailure.BadDescription,
    };

    /// <summary>An error while making an <c>RTCPeerConnection</c>.</summary>
    public static MediaFailure OfConnecting(string name) => name switch
    {
        "ReferenceError" or "NotSupportedError" => MediaFailure.NotSupported,
        "ClosedError" => MediaFailure.EngineLost,
        _ => MediaFailure.Other,
    };
}
