namespace Calls.ModelCheck;

/// <summary>The searches that are made when nothing else is asked for. Each is small enough to be finished, and together they hold every act and every fault.</summary>
internal static class AllScopes
{
    private static readonly Bounds None = Bounds.Parse(
        "bob-devices=1 max-states=3000000 alice-starts=1 bob-starts=0 ends=0 rejects=0 losses=0 negotiations=1");

    public static IReadOnlyList<Scope> All { get; } =
    [
        Of("call", "candidates=1 ends=1 rejects=1"),
        Of("call-timers", "ends=1 rejects=1 early-timers=2"),
        Of("call-loss", "ends=1 rejects=1 losses=1"),
        Of("call-loss-timers", "losses=1 early-timers=1"),
        Of("call-two-losses", "losses=2"),
        Of("call-duplicates", "candidates=1 ends=1 rejects=1 duplicates=1"),
        Of("call-forgery", "rejects=1 pushes=1 forgeries=1 forged-own-answers=1"),
        Of("call-media-failure", "video=1 ends=1 media-failures=1"),
        Of("call-link", "ends=1 disconnects=3 negotiations=2"),
        Of("call-link-poor", "poor=1 ends=1 disconnects=1 negotiations=2 early-timers=1"),
        Of("call-link-poor-loss", "poor=1 ends=1 losses=1 disconnects=1 negotiations=2 early-timers=1"),
        Of("call-link-death", "ends=1 disconnects=1 deaths=2 negotiations=2 early-timers=1"),
        Of("call-link-death-loss", "ends=1 losses=1 deaths=1 negotiations=2"),
        Of("devices", "bob-devices=2 ends=1 rejects=2"),
        Of("devices-loss", "bob-devices=2 losses=1", isLarge: true),
        Of("devices-timers", "bob-devices=2 early-timers=1"),
        Of("in-call", "mutes=1 videos=1 ends=1"),
        Of("in-call-hold", "holds=2 ends=1"),
        Of("in-call-hold-loss", "holds=1 losses=1"),
        Of("in-call-screen", "screens=1 videos=1 ends=1"),
        Of("in-call-screen-loss", "screens=1 losses=1"),
        Of("in-call-loss", "videos=1 losses=1"),
        Of("glare", "bob-starts=1 candidates=1 ends=1 rejects=1", isLarge: true),
        Of("glare-loss", "bob-starts=1 losses=1", isLarge: true),
        Of("glare-duplicates", "bob-starts=1 duplicates=1", isLarge: true),
        Of("glare-timers", "bob-starts=1 early-timers=1", isLarge: true),
        Of("glare-media-failure", "bob-starts=1 media-failures=1"),
        Of("glare-devices", "bob-devices=2 bob-starts=1", isLarge: true),
        Of("crash", "crashes=1 ends=1 rejects=1"),
        Of("crash-devices", "bob-devices=2 crashes=1", isLarge: true),
        Of("recall", "alice-starts=2 ends=1"),
    ];

    private static Scope Of(string name, string options, bool isLarge = false) => new(name, None.With(options), isLarge);
}
