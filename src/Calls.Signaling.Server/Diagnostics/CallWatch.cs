namespace Calls.Signaling.Server;

/// <summary>What follows from the course of a call for those who run the server: numbers, trace, and the app's log. The same for calls in memory and in grains.</summary>
internal sealed class CallWatch(SignalingInstruments instruments, AppKnowledge app, TimeProvider time)
{
    /// <summary>This server holds a call in another state than before, or not at all.</summary>
    public void Holds(RoutedCall? before, RoutedCall? after) => instruments.Held(before?.Phase, after?.Phase);

    /// <summary>A call has gone on.</summary>
    /// <param name="before">As it was; null: it has begun.</param>
    /// <param name="after">As it is.</param>
    /// <param name="now">The time now, by the same clock as the call's.</param>
    public void WentOn(RoutedCall? before, RoutedCall after, TimeSpan now)
    {
        if (before?.Phase == after.Phase)
            return;
        if (before?.AnsweredAt is null && after.AnsweredAt is { } answered)
            instruments.Answered(answered - after.StartedAt);
        if (after.Phase != RoutedCallPhase.Over)
            return;
        instruments.Ended(after.Outcome ?? default);
        Tell(after, now);
    }

    /// <summary>Tells the app of a call that is over, and whoever traces it.</summary>
    public void Tell(RoutedCall call, TimeSpan now)
    {
        if (!app.WritesDown && !SignalingActivities.IsTraced)
            return;
        var origin = time.GetUtcNow() - now;
        var record = new CallRecord
        {
            CallId = call.Id,
            ChatId = call.ChatId,
            Caller = call.Caller,
            Callees = Array.ConvertAll(call.Callees.AsSpan().ToArray(), callee => new CallRecordCallee(callee.UserId, callee.ChatId, callee.Rejection is not null)),
            Video = call.Video,
            StartedAt = origin + call.StartedAt,
            AnsweredAt = call.AnsweredAt is { } answered ? origin + answered : null,
            AnsweredBy = call.AnsweredBy,
            EndedAt = origin + (call.EndedAt ?? now),
            Outcome = call.Outcome ?? default,
        };
        SignalingActivities.Whole(call, record);
        app.WriteDown(record);
    }
}
