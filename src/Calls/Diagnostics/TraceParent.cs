using System.Diagnostics;

namespace Calls;

/// <summary>The trace that a call belongs to, as it travels with it: W3C Trace Context, section 3.2, <c>traceparent</c>.</summary>
internal static class TraceParent
{
    private const int Length = 55;

    /// <summary>The context that a text names; default where it names none. What a peer wrote there ends no call.</summary>
    public static ActivityContext Parse(string? text)
        => text is { Length: Length } && ActivityContext.TryParse(text, traceState: null, isRemote: true, out var context) ? context : default;

    /// <summary>Starts an activity whose parent is this context, or none: never the activity of whoever happens to run this. Nor is it current afterwards.</summary>
    public static Activity? Start(this ActivitySource source, string name, ActivityKind kind, ActivityContext parent, DateTimeOffset startedAt = default)
    {
        if (!source.HasListeners())
            return null;
        var current = Activity.Current;
        Activity.Current = null;
        try
        {
            return source.StartActivity(name, kind, parent, tags: null, links: null, startedAt);
        }
        finally
        {
            Activity.Current = current;
        }
    }
}
