using System.Collections.Immutable;

namespace Calls.Signaling.Server.Orleans;

/// <summary>
/// Who is told of a call when it begins, when it is taken up again and when it is forgotten: the caller, and everybody else who is rung. Where that is nobody, one who is not there stands in: he
/// is told too, and the caller waits for it. Without him the caller could tell by the clock who does not exist, or has blocked him. Pure.
/// </summary>
/// <param name="Caller">Who calls, by the key of his grain.</param>
/// <param name="Others">The others, by their keys, each once.</param>
internal sealed record CallUsers(string Caller, ImmutableArray<string> Others)
{
    public IEnumerable<string> All => [Caller, .. Others];

    public static CallUsers Of(RoutedCall call) => Of(call.Caller.UserId, call.ChatId, call.Callees.Select(callee => callee.UserId));

    /// <summary>Of a call that has not begun yet.</summary>
    /// <param name="callerId">Who calls. Among those whom he rings he does not count.</param>
    /// <param name="chatId">The conversation, as he names it.</param>
    /// <param name="rung">Whom the app lets ring there.</param>
    public static CallUsers Of(string callerId, string chatId, IEnumerable<string> rung)
    {
        ImmutableArray<string> others = [.. rung.Where(user => user != callerId).Distinct().Select(UserKey.Of)];
        return new(UserKey.Of(callerId), others.IsEmpty ? [UserKey.OfNobody(chatId)] : others);
    }
}
