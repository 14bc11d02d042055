namespace Calls.Signaling.Server;

/// <summary>What the types of a message cannot say about it, and what no client may send.</summary>
internal static class MessageRules
{
    /// <summary>The longest <c>chatId</c>, in characters.</summary>
    public const int MaxChatIdLength = 256;

    /// <summary>What is wrong with a message, or null.</summary>
    public static string? Check(SignalingMessage message) => message switch
    {
        InitiateMessage { ChatId.Length: 0 or > MaxChatIdLength } => "chatId is 1 to 256 characters.",
        CandidatesMessage candidates when HasNull(candidates.Candidates) => "A candidate is an object, not null.",
        ResumeMessage resume when HasNull(resume.Calls) => "An entry of calls is an object, not null.",
        CallMessage { Seq: < 1 } => "seq is 1 or more.",
        _ => null,
    };

    /// <summary>Whether only the server says this.</summary>
    public static bool IsFromServerOnly(SignalingMessage message)
        => message is OfferMessage or RejectedMessage or NoAnswerMessage or WelcomeMessage or PongMessage or ErrorMessage;

    private static bool HasNull<T>(IReadOnlyList<T?> items)
        where T : class
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is null)
                return true;
        }

        return false;
    }
}
