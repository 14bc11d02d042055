namespace Calls.Signaling;

/// <summary>What the protocol asks of a message beyond the kinds of its fields: ranges, and lists without holes.</summary>
internal static class WireRules
{
    /// <summary>The first rule that <paramref name="message"/> breaks, as a sentence that repeats nothing of it; null: none.</summary>
    public static string? Broken(SignalingMessage message)
        => message is CallMessage { Seq: < 1 } ? "seq is 1 or more." : message switch
        {
            OfferMessage { AgeMs: < 0 } => "ageMs is 0 or more.",
            OfferMessage { RingTimeoutMs: < 0 } => "ringTimeoutMs is 0 or more.",
            NegotiateMessage { Round: < 0 } => "round is 0 or more.",
            CandidatesMessage candidates => Broken(candidates.Candidates),
            ResumeMessage resume => Broken(resume.Calls),
            WelcomeMessage welcome => Broken(welcome),
            _ => null,
        };

    private static string? Broken(WelcomeMessage welcome)
    {
        if (!double.IsFinite(welcome.RingTimeout) || welcome.RingTimeout < 0)
            return "ringTimeout is 0 or more.";
        if (welcome.ExpiresIn is { } expires && (!double.IsFinite(expires) || expires < 0))
            return "expiresIn is 0 or more.";
        foreach (var server in welcome.IceServers)
        {
            if (server is null || server.Urls.Any(url => url is null))
                return "iceServers are objects, and their urls are strings.";
        }

        return Broken(welcome.Calls);
    }

    private static string? Broken(IReadOnlyList<CallProgress> calls)
    {
        foreach (var call in calls)
        {
            if (call is null or { Received: < 0 })
                return "calls are objects whose received is 0 or more.";
        }

        return null;
    }

    private static string? Broken(IReadOnlyList<IceCandidate> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (candidate is null or { SdpMLineIndex: < 0 })
                return "candidates are objects whose sdpMLineIndex is 0 or more.";
        }

        return null;
    }
}
