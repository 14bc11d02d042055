namespace Calls.Signaling.Server;

/// <summary>What the types of a message cannot say about it, and what no client may send.</summary>
internal static class MessageRules
{
    /// <summary>The longest <c>chatId</c>, in characters.</summary>
    public const int MaxChatIdLength = 256;

    /// <summary>What is wrong with a message, or null. A front end need not have read it from a text, so what the protocol asks of one is asked again.</summary>
    public static string? Check(SignalingMessage message)
        => message is InitiateMessage { ChatId.Length: 0 or > MaxChatIdLength } ? "chatId is 1 to 256 characters." : WireRules.Broken(message);

    /// <summary>Whether only the server says this.</summary>
    public static bool IsFromServerOnly(SignalingMessage message)
        => message is OfferMessage or RejectedMessage or NoAnswerMessage or WelcomeMessage or PongMessage or ErrorMessage;
}
