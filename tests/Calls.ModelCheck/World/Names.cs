using Calls.Signaling;
using Calls.Signaling.Server;

namespace Calls.ModelCheck;

/// <summary>
/// Who is in the model, and how calls and descriptions are named. A name tells by itself which device made it, so that a message that is
/// taken for another call, or by another device, can be seen.
/// </summary>
internal static class Names
{
    public const int Alice = 0;
    public const int MaxStarts = 4;

    private static readonly Party[] Parties = [new("alice", "a"), new("bob", "1"), new("bob", "2")];
    private static readonly DeviceKey[] Keys = [.. Parties.Select(DeviceKey.Of)];
    private static readonly string[] Titles = ["alice", "bob/1", "bob/2"];

    public static Party Party(int device) => Parties[device];

    public static DeviceKey Key(int device) => Keys[device];

    public static string Title(int device) => Titles[device];

    /// <summary>The chat of a device's user: the id of the other user.</summary>
    public static string Chat(int device) => device == Alice ? "bob" : "alice";

    public static bool IsAlice(int device) => device == Alice;

    public static int Device(DeviceKey key) => key.UserId == "alice" ? Alice : key.DeviceId[0] - '0';

    public static int Device(Party? party) => party is null ? -1 : Device(DeviceKey.Of(party));

    /// <summary>The id of a device's <paramref name="count"/>th call; Alice's are smaller or greater than Bob's.</summary>
    public static CallId Call(int device, int count, bool aliceGreater)
        => CallId.Parse($"{(device != Alice ? 'm' : aliceGreater ? 'z' : 'a')}{device}{count}");

    /// <summary>The device that started a call.</summary>
    public static int Starter(CallId call) => call.Value[1] - '0';

    public static int Count(CallId call) => call.Value[2] - '0';

    public static string Offer(CallId call, int device) => $"o{call}{device}";

    public static string Answer(CallId call, int device) => $"r{call}{device}";

    public static IceCandidate Candidate(CallId call, int device) => new($"c{call}{device}");

    /// <summary>The device that made a description or candidate.</summary>
    public static int Maker(string text) => text[^1] - '0';

    /// <summary>The call that a description or candidate was made for.</summary>
    public static ReadOnlySpan<char> CallOf(string text) => text.AsSpan(1, 3);
}
