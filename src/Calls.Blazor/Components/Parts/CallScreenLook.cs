namespace Calls.Blazor.Parts;

/// <summary>What the call screen looks like, as a function of the snapshot alone.</summary>
internal static class CallScreenLook
{
    /// <summary>The line below the name. Empty while the running time stands there.</summary>
    public static string Status(CallSnapshot snapshot, CallTexts texts, string name) => snapshot switch
    {
        { State: CallState.Ended or CallState.Failed, End: { } end } => texts.Ended(end, snapshot.Role, name),
        { IsActive: true, IsOpeningMedia: true } => texts.OpeningMedia(snapshot.IsVideoCall),
        { State: CallState.Outgoing, IsPeerRinging: true } => texts.Ringing,
        { State: CallState.Outgoing } => texts.Calling,
        { State: CallState.Connecting } => texts.Connecting,
        { State: CallState.Connected, IsReconnecting: true } => texts.Reconnecting,
        { State: CallState.Connected, IsOnHold: true } => texts.OnHold,
        { State: CallState.Connected, IsPeerHolding: true } => texts.PutOnHold(name),
        { State: CallState.Connected } => texts.Connected,
        _ => "",
    };

    /// <summary>How that line looks: with waiting dots, or, while the time stands beside it, for screen readers only.</summary>
    public static string StatusClass(CallSnapshot snapshot) => snapshot switch
    {
        { State: CallState.Connected, IsReconnecting: false } => IsHeld(snapshot) ? "said" : "unseen",
        { IsActive: true } => "waiting",
        _ => "said",
    };

    /// <summary>The style classes of the whole screen.</summary>
    public static string Classes(CallSnapshot snapshot, bool hasPicture) => string.Join(' ', ClassNames(snapshot, hasPicture));

    /// <summary>Whether either side holds the call.</summary>
    public static bool IsHeld(CallSnapshot snapshot) => snapshot.IsActive && (snapshot.IsOnHold || snapshot.IsPeerHolding);

    /// <summary>Whether the peer's picture fills the screen, as soon as there is one: only while connected, and only while the peer sends one.</summary>
    public static bool ShowsRemote(CallSnapshot snapshot)
        => snapshot is { State: CallState.Connected, PeerVideo: not VideoSource.Off } && !IsHeld(snapshot);

    private static IEnumerable<string> ClassNames(CallSnapshot snapshot, bool hasPicture)
    {
        var remote = hasPicture && ShowsRemote(snapshot);
        var local = snapshot is { IsActive: true, LocalVideo: not VideoSource.Off, LocalMedia: not null } && !IsHeld(snapshot);
        if (ShowsRemote(snapshot) || snapshot is { IsActive: true, State: not CallState.Connected })
            yield return "takes-remote";
        if (remote)
            yield return "with-remote";
        if (remote && snapshot.PeerVideo == VideoSource.Screen)
            yield return "whole-remote";
        if (local)
            yield return "with-local";
        if (local && snapshot.LocalVideo == VideoSource.Camera)
            yield return "mirrored";
        if (snapshot is { State: CallState.Connected, IsReconnecting: true })
            yield return "reconnecting";
        if (snapshot.State == CallState.Failed)
            yield return "failed";
        // Who hangs up wants his app back, not a farewell.
        if (snapshot.End is { By: CallEndedBy.Me, Reason: CallEndReason.HungUp or CallEndReason.Cancelled or CallEndReason.Declined })
            yield return "leaving";
    }
}
