using System.Diagnostics;

namespace Calls.Signaling.Server;

/// <summary>What a server adds to the trace of a call. No tag holds a user, a device or an address.</summary>
internal static class SignalingActivities
{
    private static readonly ActivitySource Source = new(CallDiagnostics.ActivitySourceName);

    /// <summary>Whether anybody listens.</summary>
    public static bool IsTraced => Source.HasListeners();

    /// <summary>The server's part in the beginning of a call, between the caller's part and the callees'.</summary>
    public static Activity? Route(InitiateMessage initiate)
        => Source.Start("call route", ActivityKind.Server, TraceParent.Parse(initiate.TraceParent))?.SetTag("calls.call.id", initiate.CallId.Value);

    /// <summary>What callees are told of the trace; null where there is none, or what the client wrote is no trace.</summary>
    public static string? ForCallees(Activity? route, InitiateMessage initiate)
        => route?.Id ?? (TraceParent.Parse(initiate.TraceParent) == default ? null : initiate.TraceParent);

    /// <summary>A whole call, known once it is over.</summary>
    public static void Whole(RoutedCall call, CallRecord record)
    {
        using var whole = Source.Start("call", ActivityKind.Internal, TraceParent.Parse(call.TraceParent), record.StartedAt);
        if (whole is null)
            return;
        whole.SetTag("calls.call.id", record.CallId.Value).SetTag("calls.video", record.Video).SetTag("calls.outcome", record.Outcome.ToKey());
        if (record.AnsweredAt is { } answered)
            whole.AddEvent(new ActivityEvent("answered", answered));
        whole.SetEndTime(record.EndedAt.UtcDateTime);
    }
}
