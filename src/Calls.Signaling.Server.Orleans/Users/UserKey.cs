using System.Security.Cryptography;
using System.Text;

namespace Calls.Signaling.Server.Orleans;

/// <summary>The key of a user's grain. Orleans and its storages write keys into their logs, where no user id may stand.</summary>
internal static class UserKey
{
    public static string Of(string userId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(userId)));

    /// <summary>The key of the one who is written down as rung where a chat has nobody to ring: no user has it.</summary>
    public static string OfNobody(string chatId) => $"nobody-{Of(chatId)}";
}
