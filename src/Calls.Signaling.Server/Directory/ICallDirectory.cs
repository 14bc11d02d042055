namespace Calls.Signaling.Server;

/// <summary>Says who is in a conversation, and whom a caller may ring there.</summary>
public interface ICallDirectory
{
    /// <summary>The members of a conversation as <paramref name="callerId"/> may see it. The caller himself may be among them; he is not rung,
    /// and if he is the only one, his call is rejected. Empty for a conversation that does not exist or is not his: his call then rings unheard until
    /// the time is up, as if everybody were absent.</summary>
    /// <param name="callerId">The authenticated caller.</param>
    /// <param name="chatId">The conversation as the caller names it, 1–256 characters. Not trusted.</param>
    /// <param name="cancellationToken">The caller's connection is gone.</param>
    ValueTask<IReadOnlyList<CallMember>> GetMembersAsync(string callerId, string chatId, CancellationToken cancellationToken);
}

/// <summary>A member of a conversation.</summary>
/// <param name="UserId">The user.</param>
/// <param name="ChatId">The conversation as this member names it.</param>
/// <param name="MayRing">Whether the caller may ring him; false as for one who has blocked the caller.</param>
public sealed record CallMember(string UserId, string ChatId, bool MayRing = true);
