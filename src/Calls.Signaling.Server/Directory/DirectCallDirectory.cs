namespace Calls.Signaling.Server;

/// <summary>The default: a conversation is named by the other user's id, and everybody may ring everybody.</summary>
internal sealed class DirectCallDirectory : ICallDirectory
{
    public ValueTask<IReadOnlyList<CallMember>> GetMembersAsync(string callerId, string chatId, CancellationToken cancellationToken)
        => new([new CallMember(chatId, ChatId: callerId)]);
}
