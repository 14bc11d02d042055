namespace Calls.Blazor.Parts;

/// <summary>When a change of the call is drawn a little later.</summary>
internal static class DrawingDelay
{
    /// <summary>
    /// What is over in a quarter of a second had better not be shown: the button that was pressed has answered, and what is drawn in the meantime holds up devices,
    /// connection and the first picture.
    /// </summary>
    public static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether a snapshot waits: from the moment in which the devices open until the call is connected, and has a picture where one is to come.</summary>
    /// <param name="drawn">What is drawn.</param>
    /// <param name="late">What waits already.</param>
    /// <param name="next">The call as it is now.</param>
    /// <param name="hasPicture">Whether the other side's picture has come.</param>
    public static bool Waits(CallSnapshot drawn, CallSnapshot? late, CallSnapshot next, bool hasPicture) => next switch
    {
        { IsActive: false } => false,
        { State: CallState.Connected } => drawn.State != CallState.Connected && !hasPicture && next.RemoteStream is BrowserRemoteStream && CallScreenLook.ShowsRemote(next),
        _ => late is not null || (next.IsOpeningMedia && !drawn.IsOpeningMedia),
    };

    /// <summary>Whether the wait begins, or begins anew, with a snapshot that waits: with each step that the call makes meanwhile, because the next one is near then.</summary>
    public static bool Begins(CallSnapshot? late, CallSnapshot next) => late?.State != next.State || late.IsOpeningMedia != next.IsOpeningMedia;
}
