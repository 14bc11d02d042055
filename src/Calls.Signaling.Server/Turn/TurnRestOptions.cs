namespace Calls.Signaling.Server;

/// <summary>How users get TURN credentials of their own. Validated when the app starts.</summary>
public sealed class TurnRestOptions
{
    /// <summary>The secret that the TURN servers know too (coturn: <c>static-auth-secret</c>). Never logged, never sent. Required.</summary>
    public string Secret { get; set; } = "";

    /// <summary>The servers' addresses, as in <c>turn:turn.example:3478?transport=udp</c> or <c>turns:turn.example:5349</c> (RFC 7065). At least one.</summary>
    public IList<string> Urls { get; } = [];

    /// <summary>How long a credential opens new allocations. A client asks for a fresh one before that by itself; an allocation that is open lives on.
    /// 1 min – 7 days; default 12 h.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(12);
}
