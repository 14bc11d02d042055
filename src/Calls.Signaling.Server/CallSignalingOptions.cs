using System.Security.Claims;

namespace Calls.Signaling.Server;

/// <summary>How the signaling server behaves. Validated when the app starts.</summary>
public sealed class CallSignalingOptions
{
    /// <summary>How long a call rings. 1 s – 10 min; default 45 s. A caller's app gives up after its own <c>CallOptions.OutgoingTimeout</c>, 50 s by
    /// default: set that a little longer than this.</summary>
    public TimeSpan RingTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>How long a device may be away before its call ends, how long messages are kept for it, and how long an ended call is remembered.
    /// 1 s – 10 min; default 30 s.</summary>
    public TimeSpan ResumeWindow { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The STUN and TURN servers that <c>call:welcome</c> names to every user. Default: none. For credentials of their own, give users
    /// an <see cref="IIceServerProvider"/>.</summary>
    public IList<IceServer> IceServers { get; } = [];

    /// <summary>The origins whose pages may connect, as in <c>https://app.example</c>. The server's own host always may, and so may clients that
    /// send no <c>Origin</c>, which no browser does. Default: none.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Finds the user id, 1–256 characters, in the authenticated principal. Default: <see cref="ClaimTypes.NameIdentifier"/>.</summary>
    public Func<ClaimsPrincipal, string?> UserId { get; set; } = user => user.FindFirst(ClaimTypes.NameIdentifier)?.Value;

    /// <summary>Finds the name to show to other people. Default: <see cref="ClaimTypes.Name"/>.</summary>
    public Func<ClaimsPrincipal, string?> DisplayName { get; set; } = user => user.FindFirst(ClaimTypes.Name)?.Value;

    /// <summary>How often a quiet connection is pinged. 1 s – 5 min; default 10 s.</summary>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the answer to a ping may take before the connection counts as dead. 1 s – 5 min; default 5 s.</summary>
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a connection that closes may take to send what is left and to say goodbye. 0.1 s – 1 min; default 5 s.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many connections a second are told to come back when the server stops, so that the others are not run over; the host waits until
    /// all are told. 1 – 1,000,000; default 1,000.</summary>
    public int DrainPerSecond { get; set; } = 1_000;

    /// <summary>Whether a connection closes when the ticket or token that authenticated it expires. Default: yes.</summary>
    public bool CloseOnAuthenticationExpiration { get; set; } = true;

    /// <summary>What one client may ask of the server.</summary>
    public CallSignalingLimits Limits { get; } = new();
}
